import type { Random } from '@assay/contract';

/**
 * A source of randomness that depends on the run's seed and a name alone, so that a check sees the same values whichever other
 * checks run beside it. Generator: SplitMix32 (the finalizer of MurmurHash3 over a Weyl sequence).
 */
export function createRandom(runSeed: number, name: string): Random {
  let state = (runSeed ^ fnv1a(name)) | 0;
  const seed = state;
  let made = 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x85ebca6b);
    mixed ^= mixed >>> 13;
    mixed = Math.imul(mixed, 0xc2b2ae35);
    mixed ^= mixed >>> 16;
    return (mixed >>> 0) / 0x1_0000_0000;
  };
  const integer = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    seed,
    next,
    integer,
    pick: <T>(from: readonly T[]): T => {
      const picked = from[integer(0, from.length - 1)];
      if (from.length === 0) throw new Error('there is nothing to pick from');
      return picked as T;
    },
    unique: (prefix) => {
      made += 1;
      return `${prefix}${(fnv1a(`${runSeed}/${name}/${made}`) >>> 0).toString(36)}${made.toString(36)}`;
    },
  };
}

/** FNV-1a, 32 bits. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash | 0;
}
