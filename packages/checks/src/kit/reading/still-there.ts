import { setTimeout as pause } from 'node:timers/promises';
import type { Exchange } from '@assay/contract';
import type { Made, Setup } from '../setup/setup.ts';
import { isSuccess } from '../words.ts';
import { isGone, readBack } from './read-back.ts';

/** How long after a start something may take to be shown again before it is called lost: a read model follows what was written. Milliseconds. */
export const lostAfterMs = 3000;
const lookEveryMs = 200;

interface ReadThing {
  readonly made: Made;
  readonly read: Exchange;
}

/** What was acknowledged and is not there, with the read that says so. */
export interface Loss {
  readonly written: Exchange;
  readonly read: Exchange;
}

interface StillThere {
  readonly lost: readonly Loss[];
  /** How many were read, as they should. */
  readonly shown: number;
  /** A read that tells neither. */
  readonly unread: Exchange | null;
}

interface Patience {
  readonly signal: AbortSignal;
  readonly patienceMs: number;
}

/** Asks again until what comes back is good, or the patience is over. The last answer. */
export async function askedUntil<T>(
  ask: () => Promise<T>,
  isGood: (answer: T) => boolean,
  { signal, patienceMs }: Patience,
): Promise<T> {
  const until = performance.now() + patienceMs;
  let answer = await ask();
  while (!isGood(answer) && performance.now() < until && !signal.aborted) {
    await pause(lookEveryMs, undefined, { signal }).catch(() => undefined);
    answer = await ask();
  }
  return answer;
}

/** Reads things until none is missing: the last read of each. */
export async function readUntilShown(
  setup: Setup,
  made: readonly Made[],
  patience: Patience,
): Promise<readonly ReadThing[]> {
  const reads = new Map<Made, Exchange>();
  const readMissing = async (): Promise<void> => {
    for (const one of made) {
      if (reads.has(one) && !isGone(reads.get(one) ?? null)) continue;
      const read = await readBack(setup, one);
      if (read !== null) reads.set(one, read);
    }
  };
  await askedUntil(readMissing, () => ![...reads.values()].some(isGone), patience);
  return [...reads].map(([one, read]) => ({ made: one, read }));
}

/** Looks for everything that was acknowledged, and for what is missing again and again for a while. */
export async function stillThere(
  setup: Setup,
  made: readonly Made[],
  signal: AbortSignal,
  patienceMs = lostAfterMs,
): Promise<StillThere> {
  const things = await readUntilShown(setup, made, { signal, patienceMs });
  return {
    // When the time was up before the patience was, what is missing may still come.
    lost: things
      .filter(({ read }) => !signal.aborted && isGone(read))
      .map(({ made: one, read }) => ({ written: one.exchange, read })),
    shown: things.filter(({ read }) => isSuccess(read)).length,
    unread: things.find(({ read }) => !isSuccess(read) && !isGone(read))?.read ?? null,
  };
}
