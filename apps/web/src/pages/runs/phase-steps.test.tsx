import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { PhaseSteps } from './phase-steps.tsx';

const building = [{ phase: 'build', title: 'npm ci', state: 'running', startedAt: 0, durationMs: null }] as const;

it('does not show a run that was killed as one that goes on', () => {
  const shown = (isOver: boolean): string =>
    renderToStaticMarkup(<PhaseSteps phases={building} isDetected isOver={isOver} />);
  expect(shown(false)).toMatch(/aria-current="step".*class="pulse".*npm ci/);
  expect(shown(true)).toContain('not finished');
  expect(shown(true)).not.toMatch(/aria-current|pulse|npm ci/);
});
