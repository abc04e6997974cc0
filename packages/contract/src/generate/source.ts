import type * as fc from 'fast-check';

/** Where a generator takes its choices from. Lower numbers and `false` always stand for the simpler choice. */
export interface Source {
  /** Uniform in [min, max]; both are safe integers. */
  int(min: number, max: number): number;
  /** True in `percent` of a hundred cases. */
  chance(percent: number): boolean;
  /** One of a list; the first is the simplest. The list must not be empty. */
  pick<T>(from: readonly T[]): T;
}

export function randomSource(random: fc.Random): Source {
  return {
    int: (min, max) => (min >= max ? min : random.nextInt(min, max)),
    chance: (percent) => random.nextInt(0, 99) < percent,
    pick: (from) => pickAt(from, from.length < 2 ? 0 : random.nextInt(0, from.length - 1)),
  };
}

/** A source that always makes the simplest choice. */
export const simplest: Source = {
  int: (min) => min,
  chance: () => false,
  pick: (from) => pickAt(from, 0),
};

/** A small, fast source of its own, for what is prepared before a run: the same seed gives the same choices (mulberry32). */
export function seededSource(seed: number): Source {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (min: number, max: number) => (min >= max ? min : min + Math.floor(next() * (max - min + 1)));
  return { int, chance: (percent) => next() * 100 < percent, pick: (from) => pickAt(from, int(0, from.length - 1)) };
}

/** A source that says yes wherever it is asked, and is simple otherwise: everything optional is there. */
export const fullest: Source = { ...simplest, chance: (percent) => percent > 0 };

function pickAt<T>(from: readonly T[], index: number): T {
  for (let at = index; at < from.length; at++) {
    const picked = from[at];
    if (picked !== undefined) return picked;
  }
  throw new RangeError('pick needs a list that is not empty');
}
