import type { Exchange, FindingDraft } from '@assay/contract';
import { outcome, requestLine } from '../words.ts';
import type { Twice } from './done-twice.ts';
import { storyOf } from './interleave-story.ts';
import type { Trial } from './trial.ts';

/** What was given twice though there is one of it. @param last whether there was a number of it, of which this was the last */
export function claimFinding(
  operation: string,
  what: string,
  { interleaved, serial: [order] }: Trial,
  twice: Twice,
  last: boolean,
): FindingDraft {
  const { first, held } = interleaved;
  return {
    key: `${operation} ${last ? 'last' : 'once'}`,
    title: `Two ${operation} at the same time ${last ? 'both got the last one' : 'were both carried out'}; in turn the second one gets ${order.second.response?.status}`,
    detail: `Both requests were answered with success (${requestLine(first)}: ${what}), and both were carried out: ${proof(twice)}. One after the other, the second is refused (${outcome(order.second)}).${held === null ? '' : ' Each looked whether the way was free before the other had taken it, and no lock or constraint of the database stood between them.'}`,
    fix: last
      ? 'Count and take in one step: lock the row that has the number (SELECT … FOR UPDATE on the event, the product) before counting what is taken, or keep what is left in that row and let the database compare (`SET seats = seats - 1 WHERE id = $1 AND seats > 0`, and look at the number of rows). SERIALIZABLE with a retry does it too.'
      : 'Let the database decide who was first: a unique constraint (in part where only open ones count: `CREATE UNIQUE INDEX … WHERE returned_at IS NULL`) whose violation is answered as in turn, or `UPDATE … SET state = … WHERE id = $1 AND state = …` with a look at the number of rows, or SELECT … FOR UPDATE on what is taken before looking.',
    severity: last ? 'critical' : 'high',
    operation,
    evidence: evidenceOf(what, interleaved, order.second),
  };
}

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
