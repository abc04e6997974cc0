import { bodyJson, type Check, type FindingDraft, type Json, type Resource } from '@assay/contract';
import { scalarsIn } from '../kit/answers/scalars-in.ts';
import { applies, distinct, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { storyOf } from '../kit/races/interleave-story.ts';
import { bothSucceed, runSeries, type Trial } from '../kit/races/trial.ts';
import { type UniqueValue, uniqueSources } from '../kit/races/unique-values.ts';
import { idOf } from '../kit/setup/id-of.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, isCarriedOut, isRefusal, isSuccess, outcome } from '../kit/words.ts';

/** How many statements of one request it is held at, one after the other. */
const mostPoints = 3;

interface Find {
  readonly operation: string;
  readonly value: string;
  readonly kind: UniqueValue['kind'];
  readonly trial: Trial;
}

interface Evidence {
  readonly tried: readonly { readonly operation: string; readonly value: string; readonly runs: number }[];
  readonly finds: readonly Find[];
  /** How many operations were looked at for a value that is refused the second time. */
  readonly looked: number;
  readonly watched: boolean;
  readonly trouble: string | null;
}

/** What a second request is refused in turn, it is refused at the same time, and is told so alike. */
export const check: Check<Evidence> = {
  id: 'data/unique-under-race',
  claim: 'What must be unique stays unique when two requests come at the same time',
  skill: 'databases',
  severity: 'high',
  names: { cwe: 'CWE-367' },
  needs: [],
  instance: 'own',
  applies: (contract, shape) =>
    shape.resources.some(({ create }) => create !== null) || contract.operations.some(({ method }) => method === 'POST')
      ? applies
      : doesNotApply('the contract creates nothing'),
  probe: async (context) => {
    const setup = new Setup(context);
    const tried: Evidence['tried'][number][] = [];
    const finds: Find[] = [];
    const sources = uniqueSources(context, setup);
    let trouble: string | null = null;
    for (const source of sources) {
      if (context.signal.aborted) break;
      try {
        const unique = await source();
        if (unique === null) continue;
        const { operation, value, kind } = unique;
        context.progress(`${operation}: ${value}`);
        const made = context.shape.resources.find(({ create }) => create === operation) ?? null;
        const isTwice = (trial: Trial): boolean =>
          bothSucceed(trial.interleaved) && (kind === 'key' || made === null || !isOneThing(made, trial));
        const series = await runSeries({
          instance: context.backend,
          signal: context.signal,
          prepare: () => unique.prepare(),
          isTelling,
          isFind: isTwice,
          mostPoints,
        });
        if (series === null) continue;
        tried.push({ operation, value, runs: series.trials.length });
        const found = series.trials.find(isTwice) ?? series.trials.find(losesBadly);
        if (found !== undefined) finds.push({ operation, value, kind, trial: found });
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
        trouble = error.message;
      }
    }
    return { tried, finds, looked: sources.length, watched: context.backend.wire !== null, trouble };
  },
  judge: ({ tried, finds, looked, watched, trouble }) => {
    const runs = tried.reduce((sum, one) => sum + one.runs, 0);
    if (tried.length > 0 && runs === 0)
      return undecided(trouble ?? 'no request came again to the statements at which it was to be held');
    if (runs === 0) {
      return trouble === null
        ? notApplicable(
            looked === 0
              ? 'nothing that is created has a value that could be refused the second time'
              : `${count(looked, 'operation')} asked twice in turn, and nothing was refused the second time`,
          )
        : undecided(trouble);
    }
    const how = watched ? 'one of them held back between its statements' : 'sent together; the database is not watched';
    return judged(
      distinct(finds.flatMap(complaints)),
      `${count(runs, 'pair')} of requests with ${count(tried.length, 'value')} that only one may have, ${how}`,
    );
  },
};

/** In turn, the second is refused, in either order and each time. */
function isTelling([order, again, reversed]: Trial['serial']): boolean {
  return (
    [order, again].every(({ first, second }) => isCarriedOut(first) && isRefusal(second)) &&
    isCarriedOut(reversed.second) &&
    isRefusal(reversed.first)
  );
}

/** Both were told of the same thing: who came too late found it there. An id that the client sent tells nothing. */
function isOneThing(made: Resource, { interleaved: { first, second } }: Trial): boolean {
  const [one, other] = [first, second].map((each) =>
    idOf(made, each, bodyJson(each.response?.body) as Json | undefined),
  );
  const sent = scalarsIn(bodyJson(first.request.body));
  return one !== undefined && String(one) === String(other) && !sent.some(({ value }) => String(value) === String(one));
}

/** One was accepted, and the other was told that the server is at fault; with 503 it is asked to try again, and will be refused then. */
function losesBadly({ interleaved: { first, second } }: Trial): boolean {
  const broke = (status: number | undefined): boolean => status !== undefined && status >= 500 && status !== 503;
  return (isSuccess(first) && broke(second.response?.status)) || (isSuccess(second) && broke(first.response?.status));
}

function complaints({ operation, value, kind, trial }: Find): readonly FindingDraft[] {
  const { interleaved, serial } = trial;
  const { first, second } = interleaved;
  const refusal = serial[0].second;
  const name = kind === 'key' ? `one ${value}` : `the same ${value}`;
  const evidence: FindingDraft['evidence'] = [
    ...(interleaved.held === null ? [] : [storyOf(interleaved, 'time runs downwards')]),
    { kind: 'exchange', exchange: first },
    { kind: 'exchange', exchange: second },
    { kind: 'exchange', exchange: refusal, note: 'the second one, when they ran in turn' },
  ];
  if (bothSucceed(interleaved)) {
    return [
      {
        key: `${operation} ${value} twice`,
        title: `Two ${operation} with ${name} at the same time both succeeded; in turn the second one gets ${refusal.response?.status}`,
        detail:
          kind === 'key'
            ? 'A key names one request. Both requests looked it up before either had written it down, so two different requests were carried out, or answered as if they were, under one name.'
            : 'Each request looked whether the value was taken, both saw that it was not, and both wrote it. Looking first and writing then leaves a gap, and under load something falls into it; afterwards nothing tells which of the two is meant.',
        fix:
          kind === 'key'
            ? 'Claim the key first, with an INSERT into a table where it is the primary key, in the transaction that does the work; ON CONFLICT then tells that somebody else has it.'
            : 'Put a UNIQUE constraint (or a unique index on the normalized value) on the column, and turn its violation (SQLSTATE 23505) into the answer that the second one gets in turn.',
        operation,
        evidence,
      },
    ];
  }
  if (!losesBadly(trial)) return [];
  const loser = isSuccess(first) ? second : first;
  return [
    {
      key: `${operation} ${value} loser`,
      title: `${outcome(loser)} when another request with ${name} came at the same time; in turn it gets ${refusal.response?.status}`,
      detail:
        'The database kept the value unique, and the request that came too late is told of a server error. Its client cannot know that the value is taken, and will try again.',
      fix: 'Turn the violation of the unique constraint (SQLSTATE 23505) into the answer that a second request gets in turn.',
      severity: 'medium',
      names: { wfc: 'F100' },
      operation,
      evidence,
    },
  ];
}
