import type { Evidence } from '@assay/contract';
import { escape } from './escape.ts';

type History = Extract<Evidence, { kind: 'history' }>;

const laneHeight = 34;
const width = 900;
const margin = 30;

/** A line of time for each client, with what cannot be ordered marked; below it, the longest order that is possible. */
export function historyHtml({ operations }: History): string {
  const clients = [...new Set(operations.map(({ client }) => client))].sort();
  const end = Math.max(1, ...operations.map(({ call, return: back }) => back ?? call));
  const x = (at: number): number => margin + (at / (end * 1.05)) * (width - margin);
  const bars = operations.map(({ client, call, return: back, text, place }) => {
    const top = clients.indexOf(client) * laneHeight + 6;
    const until = back === null ? width : Math.max(x(back), x(call) + 3);
    const title = `${text}: ${call.toFixed(1)} to ${back === null ? '…' : back.toFixed(1)} ms`;
    const name = place === null ? 'stuck' : 'ordered';
    return `<g class="${name}"><title>${escape(title)}</title><rect x="${x(call).toFixed(1)}" y="${top}" width="${(until - x(call)).toFixed(1)}" height="20" rx="3"/><text x="${(x(call) + 3).toFixed(1)}" y="${top + 14}">${place ?? '✗'}</text></g>`;
  });
  const names = clients.map(
    (client, index) => `<text class="client" x="4" y="${index * laneHeight + 20}">${escape(client)}</text>`,
  );
  const label = `A history of ${operations.length} operations by ${clients.length} clients`;
  const picture = `<svg class="history" role="img" aria-label="${label}" viewBox="0 0 ${width} ${clients.length * laneHeight}">${names.join('')}${bars.join('')}</svg>`;
  const rows = operations
    .toSorted((a, b) => (a.place ?? Number.POSITIVE_INFINITY) - (b.place ?? Number.POSITIVE_INFINITY))
    .map(
      ({ client, text, place, state }) =>
        `<tr${place === null ? ' class="stuck"' : ''}><td>${place ?? '✗'}</td><td>${escape(client)}</td><td><code>${escape(text)}</code></td><td>${place === null ? 'cannot follow' : escape(state ?? '')}</td></tr>`,
    );
  return `<div class="orders">${picture}<table><thead><tr><th scope="col">order</th><th scope="col">client</th><th scope="col">operation</th><th scope="col">state after it</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}
