import { expect, it } from 'vitest';
import { flawedOf, whyUnmeasured } from './flawed.ts';
import type { Round } from './judge.ts';

const round = (verdict: string, firstFindingSeconds: number | null, said = ''): Round => ({
  verdict,
  said,
  failed: [],
  ran: [],
  unreached: [],
  totalSeconds: 1,
  firstFindingSeconds,
  assayCpuSeconds: 1,
  othersCpuSeconds: 1,
  assayPeakMegabytes: 1,
  mainPeakMegabytes: 1,
});

it('takes the median of the rounds of a mutant', () => {
  const flawed = flawedOf('x', [round('failed', 9), round('failed', 2), round('failed', 3)]);
  expect(flawed.firstFindingSeconds).toBe(3);
  expect(whyUnmeasured(flawed)).toBeNull();
});

it('names a mutant that was not judged in one of its rounds, and one that was not decided', () => {
  const broken = flawedOf('x', [round('failed', 2), round('none', null, 'There is no npm.')]);
  expect(whyUnmeasured(broken)).toBe('the mutant x was not judged: There is no npm.');
  expect(whyUnmeasured(flawedOf('x', [round('undecided', null)]))).toBe(
    'the judgement of the mutant x came out undecided',
  );
  expect(whyUnmeasured(flawedOf('x', []))).not.toBeNull();
});

it('has no first finding of a mutant that was judged and not caught', () => {
  const passed = flawedOf('x', [round('passed', null)]);
  expect(whyUnmeasured(passed)).toBeNull();
  expect(passed.firstFindingSeconds).toBeNaN();
});
