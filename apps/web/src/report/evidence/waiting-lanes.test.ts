import type { InterleavingStep } from '@assay/contract';
import { expect, it } from 'vitest';
import { waitingLanes } from './waiting-lanes.ts';

it('marks a lane from where it is held to where it goes on', () => {
  const steps: readonly InterleavingStep[] = [
    { lane: 0, at: 0, kind: 'sent', text: 'PATCH' },
    { lane: 0, at: 1, kind: 'held', text: 'UPDATE' },
    { lane: 1, at: 2, kind: 'statement', text: 'UPDATE' },
    { lane: null, at: 3, kind: 'statement', text: 'COMMIT' },
    { lane: 0, at: 4, kind: 'released', text: 'UPDATE' },
    { lane: 0, at: 5, kind: 'answered', text: '200' },
    { lane: 1, at: 6, kind: 'held', text: 'COMMIT' },
  ];
  expect(waitingLanes(2, steps)).toEqual([
    [false, false],
    [true, false],
    [true, false],
    [true, false],
    [true, false],
    [false, false],
    [false, false],
  ]);
});
