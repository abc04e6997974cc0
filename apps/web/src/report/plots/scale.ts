/** Round values from 0 that reach the most: 0, 50, 100, 150. */
export function ticksTo(most: number, about = 4): readonly number[] {
  if (!(most > 0) || !Number.isFinite(most)) return [0, 1];
  const rough = most / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10);
  const ticks: number[] = [];
  for (let tick = 0; tick < most + step; tick += step) ticks.push(Number(tick.toPrecision(12)));
  return ticks;
}

/** Round values from one to another, both of which they may leave out: 40, 60, 80. */
export function ticksBetween(from: number, to: number, about = 4): readonly number[] {
  const step = ticksTo(to - from, about)[1] ?? 1;
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.max(0, Math.floor(to / step) - first + 1) }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

/** Powers of ten with 1, 2 and 5 of each that lie between; fewer when there are many. */
export function logTicks(least: number, most: number): readonly number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(least)); power <= Math.ceil(Math.log10(most)); power += 1)
    for (const digit of [1, 2, 5]) {
      const tick = Number((digit * 10 ** power).toPrecision(12));
      if (tick >= least * 0.999 && tick <= most * 1.001) ticks.push(tick);
    }
  if (ticks.length <= 6) return ticks;
  return ticks.filter((tick) => Math.log10(tick) % 1 === 0);
}

/** From values to pixels along a line. */
export function linear(
  [from, to]: readonly [number, number],
  [a, b]: readonly [number, number],
): (value: number) => number {
  const span = to - from === 0 ? 1 : to - from;
  return (value) => a + ((value - from) / span) * (b - a);
}

/** The same on a logarithmic axis. */
export function logarithmic(
  [from, to]: readonly [number, number],
  range: readonly [number, number],
): (value: number) => number {
  const scale = linear([Math.log(from), Math.log(to)], range);
  return (value) => scale(Math.log(Math.max(value, from)));
}

/** A short figure for an axis. */
export function short(value: number): string {
  if (value >= 1_000_000) return `${Number((value / 1_000_000).toPrecision(3))}M`;
  if (value >= 10_000) return `${Number((value / 1000).toPrecision(3))}k`;
  return Number(value.toPrecision(3)).toLocaleString('en');
}
