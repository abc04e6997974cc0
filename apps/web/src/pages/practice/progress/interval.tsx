import { percent } from '../words.ts';
import './progress.css';

/** A share as the interval in which it lies, and never as one number. */
export function Interval({
  label,
  low,
  high,
  answers,
  early,
}: {
  readonly label: string;
  readonly low: number;
  readonly high: number;
  readonly answers: number;
  readonly early: boolean;
}) {
  return (
    <div className="interval" data-early={early}>
      <span className="interval-label">{label}</span>
      <span className="interval-bar" aria-hidden="true">
        <span style={{ left: `${low * 100}%`, width: `${Math.max(1.5, (high - low) * 100)}%` }} />
      </span>
      <span className="figures interval-words">
        {answers === 0 ? (
          <span className="soft">no answers yet</span>
        ) : (
          <>
            {percent(low)} to {percent(high)}
            <span className="soft">
              {' '}
              {answers} {answers === 1 ? 'answer' : 'answers'}
              {early ? ', few yet' : ''}
            </span>
          </>
        )}
      </span>
    </div>
  );
}
