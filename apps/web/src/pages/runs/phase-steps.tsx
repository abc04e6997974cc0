import type { Phase } from '@assay/contract';
import type { LivePhase } from '../../client/live-run.ts';
import { Icon } from '../../design/icon.tsx';
import { lasting } from '../../shell/words.ts';

const steps: Readonly<Record<Exclude<Phase, 'report'>, string>> = {
  detect: 'Detect',
  build: 'Build',
  database: 'Database',
  launch: 'Launch',
  checks: 'Checks',
};

/** The stations of a run, and at which one it is. */
export function PhaseSteps({
  phases,
  isDetected,
  isOver,
}: {
  readonly phases: readonly LivePhase[];
  /** Detecting is over too soon to be told as a station of its own. */
  readonly isDetected: boolean;
  /** A run that was killed ends at a station that never did. */
  readonly isOver: boolean;
}) {
  return (
    <ol className="stations" aria-label="Stations of the run">
      {Object.entries(steps).map(([phase, name]) => {
        const all = phases.filter((one) => one.phase === phase);
        const last = all.at(-1);
        const isCut = isOver && last?.state === 'running';
        const state = isCut ? 'waiting' : (last?.state ?? (phase === 'detect' && isDetected ? 'done' : 'waiting'));
        const took = all.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0);
        return (
          <li
            key={phase}
            className="station"
            data-state={state}
            aria-current={state === 'running' ? 'step' : undefined}
          >
            <span className="step-mark">
              {state === 'done' ? <Icon name="check" size={12} label="done" /> : null}
              {state === 'failed' ? <Icon name="cross" size={12} label="failed" /> : null}
              {state === 'running' ? <span className="pulse" aria-hidden="true" /> : null}
            </span>
            <span className="step-name">{name}</span>
            <span className="step-time figures">
              {last === undefined ? '' : isCut ? 'not finished' : state === 'running' ? last.title : lasting(took)}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
