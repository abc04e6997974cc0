import { createHash } from 'node:crypto';

/** Numbers that depend on the seed and the name alone: the same question with the same seed is the same to the letter. */
export interface Draw {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [min, max]. */
  integer(min: number, max: number): number;
  pick<T>(from: readonly T[]): T;
  shuffled<T>(items: readonly T[]): readonly T[];
}

/** xoshiro128** of Blackman and Vigna, begun from a hash of the seed and the name. */
export function drawFrom(seed: number, name: string): Draw {
  const digest = createHash('sha256').update(`${seed} ${name}`).digest();
  let [a, b, c, d] = [digest.readInt32LE(0), digest.readInt32LE(4), digest.readInt32LE(8), digest.readInt32LE(12) | 1];
  const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));
  const next = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return (result >>> 0) / 2 ** 32;
  };
  const integer = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    integer,
    pick(from) {
      const picked = from[integer(0, from.length - 1)];
      if (picked === undefined) throw new RangeError('pick: nothing to pick from.');
      return picked;
    },
    shuffled(items) {
      const result = [...items];
      for (let last = result.length - 1; last > 0; last -= 1) {
        const other = integer(0, last);
        const [x, y] = [result[last], result[other]];
        if (x !== undefined && y !== undefined) [result[last], result[other]] = [y, x];
      }
      return result;
    },
  };
}
