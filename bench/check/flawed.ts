import { median } from '../median.ts';
import type { Round } from './judge.ts';

/** A mutant and what its rounds came to. */
export interface Flawed {
  readonly mutant: string;
  /** The median of the rounds that found something; not a number when none did. */
  readonly firstFindingSeconds: number;
  readonly rounds: readonly Round[];
}

export function flawedOf(mutant: string, rounds: readonly Round[]): Flawed {
  const found = rounds.flatMap(({ firstFindingSeconds }) => firstFindingSeconds ?? []);
  return { mutant, firstFindingSeconds: median(found), rounds };
}

/** What keeps a mutant from having been measured: a judgement that did not end, or did not decide. */
export function whyUnmeasured({ mutant, rounds }: Flawed): string | null {
  if (rounds.length === 0) return `the mutant ${mutant} was not judged: there was no round`;
  const bad = rounds.find(({ verdict }) => verdict !== 'failed' && verdict !== 'passed');
  if (bad === undefined) return null;
  return bad.verdict === 'none'
    ? `the mutant ${mutant} was not judged: ${bad.said}`
    : `the judgement of the mutant ${mutant} came out ${bad.verdict}`;
}
