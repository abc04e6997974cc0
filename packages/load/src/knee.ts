import { constantArrivals } from './arrivals.ts';
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

/** Raises the rate step by step until the backend does not keep up any more. */
export async function stepsToKnee(
  options: Omit<LoadOptions, 'arrivals' | 'sendUntilMs'> & {
    /** Requests per second of the first step; each further one has `factor` times as many. */
    readonly firstRate: number;
    readonly factor: number;
    readonly steps: number;
    readonly secondsPerStep: number;
  },
): Promise<Knee> {
  const steps: KneeStep[] = [];
  let sustainedRate: number | null = null;
  let calm = Number.NaN;
  for (let step = 0; step < options.steps; step += 1) {
    const rate = options.firstRate * options.factor ** step;
    const arrivals = constantArrivals(rate, options.secondsPerStep);
    const result = await runLoad({ ...options, arrivals, sendUntilMs: options.secondsPerStep * 1000 });
    if (Number.isNaN(calm)) calm = result.latency.p50;
    // What waits at the end of a step that can be sustained is a few requests, not a growing queue.
    const sustained =
      result.answered >= arrivals.length * 0.98 &&
      result.latency.p90 < Math.max(calm * 10, options.secondsPerStep * 100);
    steps.push({ rate, result, sustained });
    if (result.effort.limit !== null) return { steps, rate: sustainedRate, ended: 'own-limit' };
    if (!sustained) return { steps, rate: sustainedRate, ended: 'knee' };
    sustainedRate = rate;
  }
  return { steps, rate: sustainedRate, ended: 'last-step' };
}
