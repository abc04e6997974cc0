import type { Exchange, FindingDraft } from '@assay/contract';
import { outcome, requestLine } from '../words.ts';
import type { Twice } from './done-twice.ts';
import { storyOf } from './interleave-story.ts';
import type { Trial } from './trial.ts';

/** How there is only one left to be had: there is one of it, it was the last of a number, or the last that one of many may have. */
export type Scarcity = 'once' | 'last' | 'quota';

/** What was given twice though there was one left of it. */
export function claimFinding(
  operation: string,
  what: string,
  { interleaved, serial: [order] }: Trial,
  twice: Twice,
  kind: Scarcity,
): FindingDraft {
  const { first, held } = interleaved;
  return {
    key: `${operation} ${kind}`,
    title: `Two ${operation} at the same time ${told[kind]}; in turn the second one gets ${order.second.response?.status}`,
    detail: `Both requests were answered with success (${requestLine(first)}: ${what}), and both were carried out: ${proof(twice)}. One after the other, the second is refused (${outcome(order.second)}).${held === null ? '' : ' Each looked whether the way was free before the other had taken it, and no lock or constraint of the database stood between them.'}`,
    fix: fixes[kind],
    severity: kind === 'last' ? 'critical' : 'high',
    operation,
    evidence: evidenceOf(what, interleaved, order.second),
  };
}

const told: Readonly<Record<Scarcity, string>> = {
  once: 'were both carried out',
  last: 'both got the last one',
  quota: 'both got through where one more was allowed',
};

const fixes: Readonly<Record<Scarcity, string>> = {
  once: 'Let the database decide who was first: a unique constraint (in part where only open ones count: `CREATE UNIQUE INDEX … WHERE returned_at IS NULL`) whose violation is answered as in turn, or `UPDATE … SET state = … WHERE id = $1 AND state = …` with a look at the number of rows, or SELECT … FOR UPDATE on what is taken before looking.',
  last: 'Count and take in one step: lock the row that has the number (SELECT … FOR UPDATE on the event, the product) before counting what is taken, or keep what is left in that row and let the database compare (`SET seats = seats - 1 WHERE id = $1 AND seats > 0`, and look at the number of rows). SERIALIZABLE with a retry does it too.',
  quota:
    'Count where nobody else can count at the same time: lock the row of whoever has the limit (SELECT … FOR UPDATE on the member, the team) in the transaction that counts and adds, or keep the count in that row and let the database compare (`SET open_loans = open_loans + 1 WHERE id = $1 AND open_loans < 6`). A lock on the new rows stops nobody. SERIALIZABLE with a retry does it too.',
};

/** Two things of which one had to stay as it was, and both were changed. */
export function skewFinding(operation: string, what: string, { interleaved, serial: [order] }: Trial): FindingDraft {
  const { first, held } = interleaved;
  return {
    key: `${operation} skew`,
    title: `Two ${operation} at the same time were both carried out on two things of which one had to stay; in turn the second one gets ${order.second.response?.status}`,
    detail: `Both requests were answered with success (${requestLine(first)}: ${what}), and both were carried out. One after the other, in either order, the second is refused (${outcome(order.second)}): a rule about both things together. ${held === null ? '' : 'Each request read both and wrote one: neither saw what the other wrote, and no row was written twice, so no lock stood between them (a write skew, which also REPEATABLE READ allows).'}`,
    fix: 'Lock what the rule is about before looking: SELECT … FOR UPDATE on the row that both belong to (the order, the team), in the transaction that writes. SERIALIZABLE with a retry does it too; a lock on the changed row alone does not.',
    severity: 'high',
    operation,
    evidence: evidenceOf(what, interleaved, order.second),
  };
}

function evidenceOf(what: string, interleaved: Trial['interleaved'], refused: Exchange): FindingDraft['evidence'] {
  const { first, second, held, reads } = interleaved;
  return [
    ...(held === null ? [] : [storyOf(interleaved, `${what}; time runs downwards`)]),
    { kind: 'exchange', exchange: first },
    { kind: 'exchange', exchange: second },
    ...reads.map((exchange) => ({ kind: 'exchange' as const, exchange, note: 'read when both were done' })),
    { kind: 'exchange', exchange: refused, note: 'the second one, when they ran in turn' },
  ];
}

function proof(twice: Twice): string {
  switch (twice.by) {
    case 'ids':
      return `two were made, ${twice.ids.join(' and ')}`;
    case 'rows':
      return `both put rows into ${twice.table}, into which the refused one puts none`;
    case 'number':
      return `${twice.name} changed by what it never changes by in turn`;
  }
}
