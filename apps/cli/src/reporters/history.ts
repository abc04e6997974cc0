import type { Evidence, HistoryStep } from '@assay/contract';
import { paint } from '../terminal/paint.ts';
import { oneLine } from '../terminal/visible.ts';

type History = Extract<Evidence, { kind: 'history' }>;

/**
 * The longest order that is possible, from top to bottom with the state after each operation; then what cannot follow. `when` says where in time
 * each stands; in milliseconds when left out.
 */
export function historyLines(
  { operations }: History,
  stream: NodeJS.WriteStream,
  when: (step: HistoryStep) => string = inMilliseconds,
): string[] {
  const lead = (step: HistoryStep): string =>
    `${paint(stream, 'dim', when(step))} ${paint(stream, 'cyan', oneLine(step.client))}  `;
  const ordered = operations.filter(({ place }) => place !== null).toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0));
  const stuck = operations.filter(({ place }) => place === null);
  return [
    ...ordered.map(
      (step) =>
        `${lead(step)}${oneLine(step.text)}${step.state === undefined ? '' : paint(stream, 'dim', `  → ${oneLine(step.state)}`)}`,
    ),
    ...stuck.map((step) => `${lead(step)}${paint(stream, 'red', `${oneLine(step.text)}  ← cannot follow`)}`),
  ];
}

function inMilliseconds({ call, return: end }: HistoryStep): string {
  const until = end === null ? '…' : end.toFixed(1);
  return `${call.toFixed(1).padStart(8)} – ${until.padEnd(8)} ms`;
}
