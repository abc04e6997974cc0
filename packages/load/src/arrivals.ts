import type { Random } from '@assay/contract';

/** When requests are to begin, in milliseconds from the start of a run, in ascending order. It never depends on the answers: an open model. */
export type Arrivals = Float64Array;

/** One request every `1 / rate` seconds. @param rate requests per second */
export function constantArrivals(rate: number, seconds: number): Arrivals {
  const step = 1000 / rate;
  return Float64Array.from({ length: Math.floor(rate * seconds) }, (_, index) => index * step);
}

/** Independent arrivals at a mean rate, as of many people who do not know of each other: exponential gaps. */
export function poissonArrivals(rate: number, seconds: number, random: Pick<Random, 'next'>): Arrivals {
  const times: number[] = [];
  // 1 - next() is never 0, whose logarithm would be infinite.
  for (let at = 0; ; ) {
    at -= (Math.log(1 - random.next()) * 1000) / rate;
    if (at >= seconds * 1000) return Float64Array.from(times);
    times.push(at);
  }
}

/** A rate that changes evenly from `from` to `to` requests per second. */
export function rampArrivals(from: number, to: number, seconds: number): Arrivals {
  // Up to the time t there are from·t + (to − from)·t² / 2·seconds arrivals; each one stands where that count is whole.
  const growth = (to - from) / seconds;
  return Float64Array.from({ length: Math.floor(((from + to) / 2) * seconds) }, (_, index) =>
    growth === 0 ? (index / from) * 1000 : ((Math.sqrt(from * from + 2 * growth * index) - from) / growth) * 1000,
  );
}

/** All at once: more work than can be done, which shows how much can. */
export function burstArrivals(count: number): Arrivals {
  return new Float64Array(count);
}
