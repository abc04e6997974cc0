import type { Random } from '@assay/contract';
import { type Arrivals, poissonArrivals, rampArrivals } from './arrivals.ts';
import { type LoadOptions, type LoadResult, runLoad } from './run-load.ts';

export interface KneeStep {
  /** Requests per second that were asked for. */
  readonly rate: number;
  readonly result: LoadResult;
  /** Nearly all arrivals were answered within the run, and the tail had not grown out of proportion. */
  readonly sustained: boolean;
}

export interface Knee {
  readonly steps: readonly KneeStep[];
  /** The highest rate that was sustained; null when not even the first was. */
  readonly rate: number | null;
  /** Why the steps ended. `own-limit`: at this machine, not at the backend. */
  readonly ended: 'knee' | 'own-limit' | 'last-step';
}

/** Of each step but the first, the share in which the rate grows to it: a leap would only show how queues are filled. */
const rampShare = 0.25;

/** Raises the rate step by step until the backend does not keep up any more, when the step was tried twice. */
export async function stepsToKnee(
  options: Omit<LoadOptions, 'arrivals' | 'sendUntilMs'> & {
    /** Requests per second of the first step; each further one has `factor` times as many. */
    readonly firstRate: number;
    readonly factor: number;
    readonly steps: number;
    readonly secondsPerStep: number;
    readonly random: Pick<Random, 'next'>;
  },
): Promise<Knee> {
  const steps: KneeStep[] = [];
  let sustainedRate: number | null = null;
  let calm = Number.POSITIVE_INFINITY;
  for (let step = 0; step < options.steps; step += 1) {
    const rate = options.firstRate * options.factor ** step;
    for (let tries = 0; tries < 2 && sustainedRate !== rate; tries += 1) {
      const arrivals = steppedArrivals(sustainedRate ?? rate, rate, options.secondsPerStep, options.random);
      const result = await runLoad({ ...options, arrivals, sendUntilMs: options.secondsPerStep * 1000 });
      calm = Math.min(calm, result.latency.p50);
      // What waits at the end of a step that can be sustained is a few requests, not a growing queue.
      const sustained =
        result.answered >= arrivals.length * 0.98 &&
        result.latency.p90 < Math.max(calm * 10, options.secondsPerStep * 100);
      steps.push({ rate, result, sustained });
      if (result.effort.limit !== null) return { steps, rate: sustainedRate, ended: 'own-limit' };
      if (sustained) sustainedRate = rate;
    }
    if (sustainedRate !== rate) return { steps, rate: sustainedRate, ended: 'knee' };
  }
  return { steps, rate: sustainedRate, ended: 'last-step' };
}

/** As of people who do not know of each other, and come to be more. */
function steppedArrivals(from: number, to: number, seconds: number, random: Pick<Random, 'next'>): Arrivals {
  const growing = from === to ? 0 : seconds * rampShare;
  const steady = poissonArrivals(to, seconds - growing, random).map((at) => at + growing * 1000);
  return Float64Array.from([...rampArrivals(from, to, growing), ...steady]);
}
