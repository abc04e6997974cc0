import type { Check, FindingDraft } from '@assay/contract';
import { sqlTemplate } from '../kit/database/sql-template.ts';
import type { CutRun, FaultRuns } from '../kit/faults/cut-runs.ts';
import { faultEvidence, type FaultEvidence, untriedNote } from '../kit/faults/fault-runs.ts';
import { stateOf } from '../kit/faults/fault-state.ts';
import { cutStory } from '../kit/faults/fault-story.ts';
import { applies, distinct, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { count, list, requestLine, shorten } from '../kit/words.ts';

/** When the connection to the database is lost in the midst of a request, all of it happened or nothing, and what was acknowledged is there. */
export const check: Check<FaultEvidence> = {
  id: 'data/atomic-under-fault',
  claim: 'A request that loses its database in the midst happened wholly or not at all',
  skill: 'databases',
  severity: 'high',
  names: { cwe: 'CWE-460' },
  needs: ['wire'],
  instance: 'shared',
  applies: (contract) =>
    contract.operations.some(({ method }) => /^(POST|PUT|PATCH|DELETE)$/.test(method))
      ? applies
      : doesNotApply('the contract writes nothing'),
  probe: faultEvidence,
  judge: ({ runs, untried = [], trouble }) => {
    const cuts = runs.flatMap((one) => one.cuts);
    if (cuts.length === 0) {
      return runs.length > 0 && runs.every(({ points }) => points.every(({ access }) => access.kind !== 'write'))
        ? notApplicable(`no request wrote to the database${untriedNote(untried)}`)
        : undecided(`${trouble ?? 'no request could be cut between its statements'}${untriedNote(untried)}`);
    }
    const found = distinct(runs.flatMap(complaints));
    const unclear = runs.filter((one) => one.cuts.some((cut) => stateOf(cut) === 'half-stored'));
    if (found.length === 0 && unclear.length > 0) {
      const [{ stored } = { stored: { changed: [], unchanged: [] } }] = unclear.flatMap((one) =>
        one.cuts.filter((cut) => stateOf(cut) === 'half-stored'),
      );
      return undecided(
        `after a cut, ${list(unclear.map(({ operation }) => operation))} had written ${list(stored.changed)} and not ${list(stored.unchanged)}, which does not show through the API`,
      );
    }
    const aside = runs.filter((one) => one.cuts.some((cut) => stateOf(cut) === 'half-aside'));
    if (found.length === 0 && aside.length > 0)
      return undecided(
        `${list(aside.map(({ operation }) => operation))} did not notice a cut that left half of what follows; it may be work that is tried again`,
      );
    return judged(
      found,
      `${count(cuts.length, 'connection')} cut between the statements of ${count(runs.length, 'operation')}${untriedNote(untried)}`,
    );
  },
};

function complaints(run: FaultRuns): readonly FindingDraft[] {
  return run.cuts.flatMap((cut) => {
    const state = stateOf(cut);
    if (state === 'half') return [half(run, cut)];
    return state === 'lost' && !cut.unknown ? [lost(run, cut)] : [];
  });
}

function half({ operation, whole }: FaultRuns, cut: CutRun): FindingDraft {
  const { shown, exchange, again } = cut;
  const inVain =
    again === undefined ? '' : `, and the same request again, answered ${again.response?.status}, does not mend it`;
  return {
    key: `${operation} half`,
    title: `${requestLine(exchange)} lost its database connection ${placeOf(cut)} and happened by half: ${list(shown.changed)} changed, ${list(shown.unchanged)} did not${inVain}`,
    detail:
      'A connection is lost when a database restarts, a network fails, or a process is killed. What was written before that moment stays, what should have followed is missing, and nothing ever brings the two together again: the API goes on showing half of a request.',
    fix: 'Put all writes of one request into one transaction: BEGIN on one connection, every statement on that same connection, COMMIT, and only then the answer.',
    operation,
    evidence: [
      cutStory(cut),
      { kind: 'exchange', exchange },
      {
        kind: 'value',
        label: 'what it changed',
        expected: Object.keys(whole.effects),
        actual: [...shown.changed],
        note: 'expected: all that the same request changes when nothing is cut, or nothing',
      },
      ...cut.reads.slice(0, 4).map((read) => ({ kind: 'exchange' as const, exchange: read, note: 'read afterwards' })),
      ...(again === undefined
        ? []
        : [
            {
              kind: 'exchange' as const,
              exchange: again,
              note: 'the same once more: what was missing is missing still',
            },
          ]),
    ],
  };
}

function lost({ operation, whole }: FaultRuns, cut: CutRun): FindingDraft {
  const { exchange } = cut;
  return {
    key: `${operation} acknowledged and lost`,
    title: `${requestLine(exchange)} was answered ${exchange.response?.status} although its database connection was lost ${placeOf(cut)}; nothing of it is there`,
    detail:
      'The answer was sent before the database had confirmed the write, or the error of the database was swallowed. Whoever got it believes that the thing is kept, and has no reason to send it again.',
    fix: 'Await COMMIT and answer after it; let its error become a 5xx.',
    severity: 'critical',
    operation,
    evidence: [
      cutStory(cut),
      { kind: 'exchange', exchange },
      {
        kind: 'value',
        label: 'tables it changed',
        expected: Object.keys(whole.tables),
        actual: Object.keys(cut.tables),
      },
    ],
  };
}

function placeOf({ point, when }: CutRun): string {
  return `${when} \`${shorten(sqlTemplate(point.template), 60)}\``;
}
