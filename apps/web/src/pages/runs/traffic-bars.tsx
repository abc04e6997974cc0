import type { Second } from '../../client/live-run.ts';

const shownSeconds = 60;

/** Requests or statements in each of the last sixty seconds, as bars. */
export function TrafficBars({
  seconds,
  of,
  label,
  total,
}: {
  readonly seconds: readonly Second[];
  readonly of: keyof Second;
  readonly label: string;
  readonly total: number;
}) {
  const shown = seconds.slice(-shownSeconds).map((second) => second[of]);
  const most = Math.max(1, ...shown);
  // The last second is still going on.
  const now = shown.at(-2) ?? shown.at(-1) ?? 0;
  return (
    <figure className="traffic">
      <figcaption>
        <span className="traffic-label">{label}</span>
        <span className="traffic-figures figures">
          <b>{now.toLocaleString('en')}</b>/s <span className="soft">{total.toLocaleString('en')} in all</span>
        </span>
      </figcaption>
      <svg
        viewBox={`0 0 ${shownSeconds} 20`}
        preserveAspectRatio="none"
        aria-hidden="true"
        className={`bars bars-${of}`}
      >
        {shown.map((count, index) => {
          const height = count === 0 ? 0.4 : Math.max(1, (count / most) * 19);
          return (
            <rect
              key={seconds.length - shown.length + index}
              x={shownSeconds - shown.length + index + 0.12}
              y={20 - height}
              width={0.76}
              height={height}
            />
          );
        })}
      </svg>
    </figure>
  );
}
