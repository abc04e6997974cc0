import type { Check, FindingDraft } from '@assay/contract';
import type { FaultRuns } from '../kit/faults/cut-runs.ts';
import { faultEvidence, type FaultEvidence, untriedNote } from '../kit/faults/fault-runs.ts';
import { type CutState, separateWrites, stateOf } from '../kit/faults/fault-state.ts';
import { cutStory } from '../kit/faults/fault-story.ts';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { count, list } from '../kit/words.ts';

/** The writes of one request are one transaction; where they are several, a cut between them shows what that costs. */
export const check: Check<FaultEvidence> = {
  id: 'queries/one-transaction',
  claim: 'A request that writes with several statements does so in one transaction',
  skill: 'databases',
  severity: 'high',
  names: { cwe: 'CWE-662' },
  needs: ['wire'],
  instance: 'shared',
  applies: (contract) =>
    contract.operations.some(({ method }) => /^(POST|PUT|PATCH|DELETE)$/.test(method))
      ? applies
      : doesNotApply('the contract writes nothing'),
  probe: faultEvidence,
  judge: ({ runs, untried = [], trouble }) => {
    if (runs.length === 0)
      return undecided(`${trouble ?? 'no request that writes was accepted'}${untriedNote(untried)}`);
    const several = runs.filter((run) => writesOf(run).length > 1);
    if (several.length === 0)
      return notApplicable(`no request writes with more than one statement${untriedNote(untried)}`);
    const separate = several.filter((run) => separateWrites(run) > 1);
    const findings = separate.flatMap(complaints);
    const left = (run: FaultRuns, state: CutState): boolean => run.cuts.some((cut) => stateOf(cut) === state);
    const aside = separate.filter((run) => left(run, 'half-aside'));
    const open = aside.length > 0 ? aside : separate.filter((run) => left(run, 'half-stored'));
    if (findings.length === 0 && open.length > 0) {
      return undecided(
        `${list(open.map(({ operation }) => operation))} ${open.length === 1 ? 'writes' : 'write'} in several transactions, and ${aside.length > 0 ? 'what was cut may be work that follows upon the request and is tried again' : 'what a cut leaves between them does not show through the API'}`,
      );
    }
    return judged(
      findings,
      `${count(several.length, 'operation')} with several writes, their connections cut ${count(
        several.reduce((sum, run) => sum + run.cuts.length, 0),
        'time',
      )}${untriedNote(untried)}`,
    );
  },
};

function writesOf({ points }: FaultRuns) {
  return points.filter(({ access }) => access.kind === 'write');
}

function complaints(run: FaultRuns): readonly FindingDraft[] {
  const { operation, whole } = run;
  const proof = run.cuts.find((cut) => stateOf(cut) === 'half');
  if (proof === undefined) return [];
  const writes = whole.statements.filter((_, index) => run.points[index]?.access.kind === 'write');
  const transactions = separateWrites(run);
  return [
    {
      key: `${operation} separate`,
      title: `${operation} writes with ${count(writes.length, 'statement')} in ${count(transactions, 'transaction')}; cut between them, ${list(proof.shown.changed)} changed and ${list(proof.shown.unchanged)} did not`,
      detail:
        'A statement outside BEGIN … COMMIT is a transaction by itself: it stays, whatever becomes of the next one. In between, other requests see half of the change as well.',
      fix: 'Open one transaction for the request, run every statement on its connection, and commit at the end: pool.connect() and BEGIN in node-postgres, transaction.atomic in Django, @Transactional or setAutoCommit(false) in Java, beginTransaction in PDO.',
      operation,
      evidence: [
        {
          kind: 'statements',
          statements: writes,
          note: `the ${writes.length} writes of one request, when nothing was cut`,
        },
        cutStory(proof),
        { kind: 'exchange', exchange: proof.exchange },
        ...proof.reads
          .slice(0, 3)
          .map((read) => ({ kind: 'exchange' as const, exchange: read, note: 'read afterwards' })),
      ],
    },
  ];
}
