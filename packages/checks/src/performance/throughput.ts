import type { Check, FindingDraft } from '@assay/contract';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { type Compared, comparedLoad, type Pair, type Turn } from '../kit/load/compared.ts';
import { median, ratioOver } from '../kit/load/statistics.ts';
import { wrongUnderLoad } from '../kit/load/wrong-answers.ts';
import { count, list } from '../kit/words.ts';

/** A finding needs the better end of the interval below this share of the reference's throughput; another stack is given more room. */
const leastShare = { alike: 1 / 3, other: 1 / 10 };
/** Of the requests under load, how many may get a 5xx or no answer where the reference has none of either. */
const mostFailing = 0.01;

/** Under the same load, the backend answers at least a third as many requests in a second as the challenge's reference. */
export const check: Check<Compared> = {
  id: 'performance/throughput',
  claim: 'Under full load it answers at least a third as many requests per second as the reference',
  skill: 'frameworks',
  severity: 'medium',
  names: { cwe: 'CWE-405', owasp: 'API4:2023' },
  needs: [],
  instance: 'shared',
  alone: true,
  applies: (_contract, shape) =>
    shape.resources.some(({ lists, read }) => lists.length > 0 || read !== null)
      ? applies
      : doesNotApply('the contract has nothing that can be read again and again'),
  probe: comparedLoad,
  judge: (evidence) => {
    const { full, reference, operations, trouble } = evidence;
    if (operations.length === 0) return undecided(trouble ?? 'no request could be repeated with success');
    const rate = median(full.map(({ subject }) => subject.perSecond));
    if (reference === null)
      return notApplicable(
        `${evidence.unavailable ?? 'there is no reference'}; it answered ${rate.toFixed(0)} requests/s to ${count(operations.length, 'operation')} over 8 connections here`,
      );
    const failing = failingUnderLoad(full);
    if (failing !== null) return judged([failing], '');
    const wrong = wrongUnderLoad(full.map(({ subject }) => subject));
    if (wrong !== null) return undecided(wrong);
    const ratio = ratioOver(full.map((pair) => pair.subject.perSecond / (pair.reference?.perSecond ?? Number.NaN)));
    if (ratio === null) return undecided('the time was up before three rounds had been compared');
    const limit = reference.alike ? leastShare.alike : leastShare.other;
    const figures = `${ratio.value.toFixed(2)} (${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)}) times the throughput of the reference ${reference.name}: ${rate.toFixed(0)} and ${median(full.map((pair) => pair.reference?.perSecond ?? Number.NaN)).toFixed(0)} requests/s, ${full.length} rounds in turns`;
    if (ratio.high >= limit)
      return ratio.value >= limit ? judged([], figures) : undecided(`too close to tell: ${figures}`);
    return judged(
      [
        {
          key: 'slow',
          title: `It has ${figures}`,
          detail: `The same requests (${list(operations)}) were sent to both as fast as they were answered, over 8 connections each, in alternating turns on this machine. Of the 95 % interval of the ratio even the better end, ${ratio.high.toFixed(2)}, is below ${limit.toFixed(2)}.\n\nWhat costs the reference nothing costs this backend most of its time: work that is done for each request and need not be, something that blocks all others meanwhile, or too few connections or workers.`,
          fix: 'Profile it under load. Do not call synchronous or deliberately slow functions (key derivation, file access, sleep) while handling a request, do once what can be done at the start, and give the connection pool and the workers the size that the machine has.',
          evidence: [
            {
              kind: 'value',
              label: 'requests per second',
              expected: roundsOf(full, 'reference'),
              actual: roundsOf(full, 'subject'),
            },
          ],
        },
      ],
      '',
    );
  },
};

function roundsOf(pairs: readonly Pair[], side: 'subject' | 'reference'): readonly number[] {
  return pairs.map((pair) => Math.round(pair[side]?.perSecond ?? 0));
}

function share(pairs: readonly Pair[], of: (turn: Turn) => number): number {
  const all = pairs.reduce((sum, { subject }) => sum + subject.answered + subject.failed, 0);
  return pairs.reduce((sum, { subject }) => sum + of(subject), 0) / Math.max(1, all);
}

/** 503 is how a backend says that it has enough to do. */
function serverErrors({ byStatus }: Turn): number {
  return Object.entries(byStatus).reduce(
    (sum, [status, n]) => sum + (status.startsWith('5') && status !== '503' ? n : 0),
    0,
  );
}

/** Where this machine was the limit, answers may have come that nobody read. */
function unanswered({ unanswered: times = 0, limit }: Turn): number {
  return limit === null ? times : 0;
}

function failingUnderLoad(pairs: readonly Pair[]): FindingDraft | null {
  const failing = (turn: Turn): number => serverErrors(turn) + unanswered(turn);
  const failed = share(pairs, failing);
  if (failed <= mostFailing) return null;
  if (pairs.some(({ reference }) => reference === null || failing(reference) > 0)) return null;
  const subjects = pairs.map(({ subject }) => subject);
  const percent = `${(failed * 100).toFixed(0)} %`;
  const silent = subjects.some((turn) => unanswered(turn) > 0);
  return {
    key: 'fails under load',
    title: silent
      ? `Under load ${percent} of the requests got a server error or no answer within 5 s, and none did from the reference`
      : `Under load it answered ${percent} of the requests with a server error, and the reference none`,
    detail: `Each of these requests was answered with success when it was alone. With eight connections at once some of them fail: there is a limit inside that turns into an error instead of a wait${silent ? ', requests that wait for each other' : ''}, or state that requests share and should not.`,
    fix: `Look at the log for the error. Let requests wait for a database connection rather than fail${silent ? ', and never for a second one while they hold the first' : ''}; keep nothing of one request where another can reach it.`,
    severity: 'high',
    names: { wfc: 'F100' },
    evidence: [
      { kind: 'value', label: 'answers by status, in each round', actual: subjects.map(({ byStatus }) => byStatus) },
      ...(silent ? [{ kind: 'value' as const, label: 'without an answer', actual: subjects.map(unanswered) }] : []),
    ],
  };
}
