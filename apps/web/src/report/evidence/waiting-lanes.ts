import type { InterleavingStep } from '@assay/contract';

/** For each step and each lane, whether the lane is held back at that time: from the step that holds it to the one that lets it go on. */
export function waitingLanes(lanes: number, steps: readonly InterleavingStep[]): readonly (readonly boolean[])[] {
  const held = Array.from({ length: lanes }, () => false);
  return steps.map(({ lane, kind }, index) => {
    if (lane !== null && kind === 'held') held[lane] = isReleased(lane, steps.slice(index + 1));
    const now = [...held];
    if (lane !== null && kind !== 'held') held[lane] = false;
    return now;
  });
}

function isReleased(lane: number, after: readonly InterleavingStep[]): boolean {
  return after.some((step) => step.lane === lane);
}
