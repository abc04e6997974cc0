import type { ProbeContext } from '@assay/contract';

/** One request with a planted delay, and how long its answer took. */
export interface DelayTrial {
  readonly seconds: number;
  readonly tookMs: number;
}

const delays = [0, 1, 2] as const;
const rounds = 3;
/** How much later than its delay an answer may come and still be said to follow it. */
const slackMs = 700;
/** How much later the quickest answer to one delay comes than the slowest to the delay before. */
const leastGapMs = 300;

/** Asks three times for each delay, in an order that follows from the seed. @param ask sends one request; null when it cannot */
export async function measureDelays(
  context: Pick<ProbeContext, 'random' | 'signal'>,
  ask: (seconds: number) => Promise<number | null>,
): Promise<readonly DelayTrial[]> {
  const order = Array.from({ length: rounds }, () => delays)
    .flat()
    .map((seconds) => ({ seconds, at: context.random.next() }))
    .toSorted((a, b) => a.at - b.at);
  const trials: DelayTrial[] = [];
  for (const { seconds } of order) {
    if (context.signal.aborted) break;
    const tookMs = await ask(seconds);
    if (tookMs === null) break;
    trials.push({ seconds, tookMs });
    // One answer that came before its time, and the delay is not what holds the answers up.
    if (tookMs < seconds * 1000) break;
  }
  return trials;
}

/**
 * Whether each answer took its delay and little more, in all of at least nine trials, with a clear gap between those of one delay and the next. A machine
 * that is slow by itself would have to be so by whole seconds at the right six of nine requests, and fast at the other three.
 */
export function followsDelays(trials: readonly DelayTrial[]): boolean {
  if (trials.length < delays.length * rounds) return false;
  const times = delays.map((wanted) => trials.filter(({ seconds }) => seconds === wanted).map(({ tookMs }) => tookMs));
  const base = Math.min(...(times[0] ?? []));
  return times.every((took, seconds) => {
    const before = seconds === 0 ? Number.NEGATIVE_INFINITY : Math.max(...(times[seconds - 1] ?? []));
    return took.every(
      (ms) => ms >= seconds * 1000 && ms <= base + seconds * 1000 + slackMs && ms - before >= leastGapMs,
    );
  });
}
