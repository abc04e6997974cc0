import type { Recording } from '@assay/contract';
import { escape } from './escape.ts';

const width = 520;
const height = 220;
const margin = { left: 58, right: 12, top: 12, bottom: 30 } as const;
const inner = { width: width - margin.left - margin.right, height: height - margin.top - margin.bottom } as const;

/** The plots of a run as figures: latency distribution, statements per request, and both over time. Empty for a run without exchanges. */
export function plots(recording: Recording): string {
  if (recording.exchanges.length === 0) return '';
  return `<section aria-labelledby="plots"><h2 id="plots">How it went</h2><div class="plots">${latencies(recording)}${statementCounts(recording)}${timeline(recording)}${memory(recording)}</div></section>`;
}

function figure(title: string, caption: string, content: string): string {
  return `<figure class="card"><h3>${escape(title)}</h3><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(`${title}. ${caption}`)}">${content}</svg><figcaption>${escape(caption)}</figcaption></figure>`;
}

function bars(counts: readonly number[], labels: readonly string[]): string {
  const most = Math.max(...counts, 1);
  const step = inner.width / counts.length;
  const every = Math.max(1, Math.ceil(counts.length / 9));
  return counts
    .map((count, index) => {
      const tall = (count / most) * inner.height;
      const x = margin.left + index * step;
      const label =
        index % every === 0
          ? `<text x="${x + step / 2}" y="${height - 10}" text-anchor="middle">${escape(labels[index] ?? '')}</text>`
          : '';
      return `<rect x="${(x + 1).toFixed(1)}" y="${(margin.top + inner.height - tall).toFixed(1)}" width="${Math.max(1, step - 2).toFixed(1)}" height="${tall.toFixed(1)}" fill="var(--bar)"><title>${escape(`${labels[index]}: ${count}`)}</title></rect>${label}`;
    })
    .join('')
    .concat(axis(most));
}

function axis(most: number, unit = ''): string {
  const y = margin.top + inner.height;
  return `<line x1="${margin.left}" x2="${width - margin.right}" y1="${y}" y2="${y}" stroke="var(--line)"/><text x="${margin.left - 6}" y="${margin.top + 10}" text-anchor="end">${escape(`${round(most)}${unit}`)}</text><text x="${margin.left - 6}" y="${y}" text-anchor="end">0</text>`;
}

/** On a logarithmic scale, four classes for each doubling of ten. */
function latencies(recording: Recording): string {
  const times = recording.exchanges.map(({ durationMs }) => Math.max(0.1, durationMs)).sort((a, b) => a - b);
  const classOf = (ms: number): number => Math.floor(Math.log10(ms) * 6);
  const [low, high] = [classOf(times[0] ?? 1), classOf(times.at(-1) ?? 1)];
  const counts = Array.from({ length: high - low + 1 }, () => 0);
  for (const time of times) counts[classOf(time) - low] = (counts[classOf(time) - low] ?? 0) + 1;
  const labels = counts.map((_, index) => `${round(10 ** ((index + low) / 6))} ms`);
  const at = (share: number): string =>
    `${round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0)} ms`;
  return figure(
    'Latency of requests',
    `Half within ${at(0.5)}, 95 % within ${at(0.95)}, 99 % within ${at(0.99)}; ${times.length} requests.`,
    bars(counts, labels),
  );
}

function statementCounts(recording: Recording): string {
  const byExchange = new Map<string, number>();
  for (const { exchange } of recording.statements)
    if (exchange !== null && exchange !== 'ambiguous') byExchange.set(exchange, (byExchange.get(exchange) ?? 0) + 1);
  if (byExchange.size === 0) return '';
  const most = Math.min(40, Math.max(...byExchange.values()));
  const counts = Array.from({ length: most + 1 }, () => 0);
  for (const { id } of recording.exchanges) {
    const index = Math.min(most, byExchange.get(id) ?? 0);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return figure(
    'Statements of a request',
    'How many requests ran how many SQL statements.',
    bars(
      counts,
      counts.map((_, index) => (index === 40 ? '40+' : String(index))),
    ),
  );
}

function timeline(recording: Recording): string {
  const end = Math.max(...recording.exchanges.map(({ startedAt, durationMs }) => startedAt + durationMs), 1);
  const begin = Math.min(...recording.exchanges.map(({ startedAt }) => startedAt));
  const slowest = Math.max(...recording.exchanges.map(({ durationMs }) => durationMs), 1);
  const x = (at: number): number => margin.left + ((at - begin) / Math.max(1, end - begin)) * inner.width;
  const y = (ms: number): number => margin.top + inner.height * (1 - Math.log1p(ms) / Math.log1p(slowest));
  const points = recording.exchanges.map((exchange) => {
    const status = exchange.response?.status ?? 599;
    const colour = status >= 500 ? 'var(--bad)' : status >= 400 ? 'var(--open)' : 'var(--mark)';
    return `<circle cx="${x(exchange.startedAt).toFixed(1)}" cy="${y(exchange.durationMs).toFixed(1)}" r="1.8" fill="${colour}" fill-opacity=".55"/>`;
  });
  const ends = `<text x="${margin.left}" y="${height - 10}">${round(begin / 1000)} s</text><text x="${width - margin.right}" y="${height - 10}" text-anchor="end">${round(end / 1000)} s</text>`;
  return figure(
    'Requests over time',
    'Each point is a request at its start, by its latency: blue up to 399, amber 4xx, red 5xx or none.',
    points.join('') + axis(slowest, ' ms') + ends,
  );
}

function memory(recording: Recording): string {
  const samples = recording.usage;
  if (samples.length < 3) return '';
  const most = Math.max(...samples.map(({ rssBytes }) => rssBytes), 1);
  const [begin, end] = [samples[0]?.at ?? 0, samples.at(-1)?.at ?? 1];
  const points = samples.map(
    ({ at, rssBytes }) =>
      `${(margin.left + ((at - begin) / Math.max(1, end - begin)) * inner.width).toFixed(1)},${(margin.top + inner.height * (1 - rssBytes / most)).toFixed(1)}`,
  );
  return figure(
    'Memory of the backend',
    `At most ${round(most / 1024 / 1024)} MB, all of its processes together.`,
    `<polyline points="${points.join(' ')}" fill="none" stroke="var(--mark)" stroke-width="1.5"/>${axis(most / 1024 / 1024, ' MB')}`,
  );
}

function round(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value >= 10 ? value.toFixed(0) : value.toFixed(1);
}
