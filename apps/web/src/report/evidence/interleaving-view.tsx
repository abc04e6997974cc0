import type { Evidence, InterleavingStep } from '@assay/contract';
import { classNames } from '../../design/class-names.ts';
import { cutTo, visible } from '../../design/visible.ts';
import { highlight } from '../text/highlight.tsx';
import { Parameters, dedented } from './statements-view.tsx';
import { waitingLanes } from './waiting-lanes.ts';
import './interleaving-view.css';

const labels = {
  sent: 'request sent',
  statement: null,
  held: 'held back',
  released: 'goes on',
  cut: 'connection cut',
  answered: 'answered',
} as const satisfies Record<InterleavingStep['kind'], string | null>;

/** Time runs down, each request has a lane: who asked, what it asked of the database, who waited for whom, and what was answered. */
export function InterleavingView({
  evidence: { lanes, steps },
}: {
  readonly evidence: Extract<Evidence, { readonly kind: 'interleaving' }>;
}) {
  const waiting = waitingLanes(lanes.length, steps);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className="lanes" role="group" aria-label="Time line of the requests" tabIndex={0}>
      <table style={{ minWidth: `${4.5 + lanes.length * 15}rem` }}>
        <thead>
          <tr>
            <th scope="col" className="lane-time">
              ms
            </th>
            {lanes.map(({ name, request }, lane) => (
              <th key={name} scope="col" className="lane-head" data-lane={lane % 4}>
                <span className="lane-name">{visible(name)}</span> <code>{visible(cutTo(request, 200).text)}</code>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.map((step, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- a step is its place
            <tr key={index}>
              <td className="lane-time figures">{step.at.toFixed(1)}</td>
              {step.lane === null ? (
                <td colSpan={lanes.length}>
                  <Step step={step} />
                </td>
              ) : (
                lanes.map(({ name }, lane) => (
                  <td
                    key={name}
                    data-lane={lane % 4}
                    className={classNames('lane', waiting[index]?.[lane] === true && 'lane-waits')}
                  >
                    {step.lane === lane ? <Step step={step} /> : null}
                  </td>
                ))
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Step({ step: { kind, text, parameters = [], result } }: { readonly step: InterleavingStep }) {
  const label = labels[kind];
  const isSql = kind === 'statement' || kind === 'held' || kind === 'released' || kind === 'cut';
  return (
    <div className={classNames('lane-step', `step-${kind}`)}>
      {label === null ? null : <span className="step-label">{label}</span>}
      <code className="step-text">{isSql ? highlight(cutTo(dedented(text), 2000).text, 'sql') : visible(text)}</code>
      <Parameters values={parameters} />
      {result === undefined || result === '' ? null : <p className="step-result">{visible(result)}</p>}
    </div>
  );
}
