import type { Evidence, InterleavingStep } from '@assay/contract';
import { escape } from './escape.ts';

type Interleaving = Extract<Evidence, { kind: 'interleaving' }>;

const labels = {
  sent: 'sent',
  statement: '',
  held: 'held back',
  released: 'goes on',
  cut: 'connection cut',
  answered: 'answered',
} as const satisfies Record<InterleavingStep['kind'], string>;

/** A table with time running down and a column for each request. */
export function interleavingHtml({ lanes, steps }: Interleaving): string {
  const heads = lanes
    .map(({ name, request }) => `<th scope="col"><b>${escape(name)}</b> <code>${escape(request)}</code></th>`)
    .join('');
  const rows = steps.map((step) => {
    const cells = lanes.map((_, lane) => (step.lane === lane ? cell(step) : '<td></td>')).join('');
    const own = step.lane === null ? `<td colspan="${lanes.length}">${inner(step)}</td>` : cells;
    return `<tr><td class="at">${step.at.toFixed(1)} ms</td>${own}</tr>`;
  });
  return `<div class="lanes"><table><thead><tr><th scope="col">time</th>${heads}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function cell(step: InterleavingStep): string {
  return `<td class="step ${step.kind}">${inner(step)}</td>`;
}

function inner({ kind, text, parameters = [], result }: InterleavingStep): string {
  const label = labels[kind] === '' ? '' : `<span class="tag">${labels[kind]}</span> `;
  const values =
    parameters.length === 0
      ? ''
      : `<br><span class="soft">${escape(parameters.map((value) => JSON.stringify(value)).join(', '))}</span>`;
  const became = result === undefined ? '' : `<br><span class="soft">${escape(result)}</span>`;
  return `${label}<code>${escape(text)}</code>${values}${became}`;
}
