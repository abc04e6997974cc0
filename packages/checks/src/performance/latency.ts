import type { Check } from '@assay/contract';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { type Compared, comparedLoad, isClean, type Pair } from '../kit/load/compared.ts';
import { median, ratioOver } from '../kit/load/statistics.ts';
import { wrongUnderLoad } from '../kit/load/wrong-answers.ts';
import { count, list } from '../kit/words.ts';

/** A finding needs the better end of the interval above this many times the reference's; another stack is given more room. */
const mostTimes = { alike: 3, other: 10 };
/** Less than this is nobody's trouble, whatever the ratio. Milliseconds. */
const leastExcessMs = 15;
/** So many rounds must have been taken while the machine kept to the schedule. */
const leastRounds = 3;

/** At a rate that both sustain, the slowest of a hundred answers takes at most three times as long as the reference's. */
export const check: Check<Compared> = {
  id: 'performance/latency',
  claim: 'At a rate it sustains, 99 of 100 answers come within three times the time of the reference',
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
  judge: ({ calm, rate, reference, unavailable, operations, trouble, knee }) => {
    if (operations.length === 0) return undecided(trouble ?? 'no request could be repeated with success');
    if (reference === null) {
      const of = (key: 'p50' | 'p99'): string => median(calm.map(({ subject }) => subject[key])).toFixed(1);
      return notApplicable(
        `${unavailable ?? 'there is no reference'}; at ${rate} requests/s half of the answers came within ${of('p50')} ms, 99 % within ${of('p99')} ms${keptUp(knee)}`,
      );
    }
    const clean = calm.filter(isClean);
    if (clean.length < leastRounds) {
      const limit = calm
        .flatMap((pair) => [pair.subject.limit, pair.reference?.limit ?? null])
        .find((why) => why !== null);
      return undecided(`this machine was too busy to measure: ${limit ?? 'the time was up'}`);
    }
    const unanswered = clean.reduce((sum, { subject }) => sum + subject.missed + subject.failed, 0);
    const ratio = ratioOver(clean.map((pair) => pair.subject.p99 / (pair.reference?.p99 ?? Number.NaN)));
    if (ratio === null) return undecided('the time was up before three rounds had been compared');
    const [mine, theirs] = [p99Of(clean, 'subject'), p99Of(clean, 'reference')];
    const limit = reference.alike ? mostTimes.alike : mostTimes.other;
    const figures = `its 99th percentile is ${mine.toFixed(1)} ms at ${rate} requests/s, ${ratio.value.toFixed(2)} (${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)}) times that of the reference ${reference.name} (${theirs.toFixed(1)} ms)`;
    const slow = ratio.value > limit && mine - theirs > leastExcessMs;
    // A wrong answer may come soon; what is slow is slow, whatever it says.
    const wrong = wrongUnderLoad(clean.map(({ subject }) => subject));
    if (!slow && wrong !== null) return undecided(wrong);
    if (!slow) return judged([], `${figures}, ${clean.length} rounds in turns`);
    if (ratio.low <= limit) return undecided(`too close to tell: ${figures}`);
    return judged(
      [
        {
          key: 'slow',
          title: `${figures.charAt(0).toUpperCase()}${figures.slice(1)}`,
          detail: `Requests (${list(operations)}) came at times of their own, as from people who do not know of each other, ${rate} in a second: a quarter of what the slower of both can do. Times count from when each request was to begin. Of the 95 % interval of the ratio even the better end, ${ratio.low.toFixed(2)}, is above ${limit}.${unanswered > 0 ? ` ${count(unanswered, 'request')} got no answer.` : ''}`,
          fix: 'Look for what a request waits for: a pause, a lock, a connection that another request holds, a synchronous call of another request that blocks the whole process.',
          evidence: [
            {
              kind: 'value',
              label: '99th percentile in milliseconds, in each round',
              expected: roundsOf(clean, 'reference'),
              actual: roundsOf(clean, 'subject'),
            },
          ],
        },
      ],
      '',
    );
  },
};

/** Figures that nobody is judged by. */
function keptUp(knee: Compared['knee']): string {
  if (knee === null) return '';
  const [sustained, exceeded] = [knee.sustained, knee.exceeded].map((rate) => rate?.toFixed(0));
  if (sustained === undefined) return exceeded === undefined ? '' : `; it does not keep up with ${exceeded} requests/s`;
  return `; it keeps up with ${sustained} requests/s${exceeded === undefined ? '' : `, and not with ${exceeded}`}`;
}

function p99Of(pairs: readonly Pair[], side: 'subject' | 'reference'): number {
  return median(pairs.map((pair) => pair[side]?.p99 ?? Number.NaN));
}

function roundsOf(pairs: readonly Pair[], side: 'subject' | 'reference'): readonly number[] {
  return pairs.map((pair) => Math.round((pair[side]?.p99 ?? 0) * 10) / 10);
}
