import type { RunEvent, UsageSample } from '@assay/contract';
import { readEvidence, readEvents } from '../store.ts';
import { growthOf } from './growth.ts';
import { latencySeries } from './latency.ts';
import type { MemoryPoint, Plots, StatementsOfOperation } from './plots.ts';
import { quantile } from './quantile.ts';
import { timelineOf } from './timeline.ts';

/** More points than a plot has pixels would say nothing more. */
const mostSamples = 300;

interface Timed {
  readonly id: string;
  readonly operation: string | null;
  readonly at: number;
  readonly ms: number;
  readonly failed: boolean;
}

/** What is drawn of a run that is kept, from all of its events and the evidence of its checks. */
export function readPlots(runsFolder: string, run: string): Plots {
  const fold = new PlotsFold();
  for (const event of readEvents(runsFolder, run)) fold.add(event);
  return fold.plots((check) => evidenceOf(runsFolder, run, check));
}

/** The plots of a run are a fold over its events, beside what two checks measured for themselves. */
export class PlotsFold {
  readonly #requests: Timed[] = [];
  readonly #statements: number[] = [];
  readonly #caused = new Map<string, number>();
  readonly #usage: UsageSample[] = [];

  add(event: RunEvent): void {
    if (event.type === 'exchange') {
      const { id, operation = null, startedAt, durationMs, response } = event.exchange;
      this.#requests.push({ id, operation, at: startedAt, ms: durationMs, failed: (response?.status ?? 599) >= 500 });
    }
    if (event.type === 'statement') {
      this.#statements.push(event.statement.startedAt);
      const { exchange } = event;
      if (exchange !== null && exchange !== 'ambiguous')
        this.#caused.set(exchange, (this.#caused.get(exchange) ?? 0) + 1);
    }
    // The plot is of one process tree: the instance that checks share, which is the first.
    if (event.type === 'usage' && event.instance === 'i-1') this.#usage.push(event.sample);
  }

  /** @param evidence what a check of this id kept; null when it did not run. */
  plots(evidence: (check: string) => unknown): Plots {
    return {
      latency: latencySeries(this.#requests),
      timeline: timelineOf(this.#requests, this.#statements),
      statementsPerRequest: statementsOf(this.#requests, this.#caused),
      usage: thinned(this.#usage, mostSamples),
      growth: growthOf(evidence('performance/cost-growth')),
      memory: memoryOf(evidence('performance/memory-growth')),
    };
  }
}

/** How many statements the requests of each operation ran, the most first. */
export function statementsOf(
  requests: readonly { readonly id: string; readonly operation: string | null }[],
  caused: ReadonlyMap<string, number>,
): readonly StatementsOfOperation[] {
  const known = requests.flatMap(({ id, operation }) => {
    const count = caused.get(id);
    return operation === null || count === undefined ? [] : [{ id, operation, count }];
  });
  return [...Map.groupBy(known, ({ operation }) => operation)]
    .map(([operation, some]) => {
      const ascending = some.toSorted((a, b) => a.count - b.count);
      const worst = ascending.at(-1);
      return {
        operation,
        requests: some.length,
        least: ascending[0]?.count ?? 0,
        median: quantile(
          ascending.map(({ count }) => count),
          0.5,
        ),
        most: worst?.count ?? 0,
        worst: worst?.id ?? '',
      };
    })
    .sort((a, b) => b.most - a.most || a.operation.localeCompare(b.operation));
}

/** So many of the samples, evenly, and always the largest of each stretch: a peak must stay. */
export function thinned(samples: readonly UsageSample[], most: number): readonly UsageSample[] {
  const each = Math.ceil(samples.length / most);
  if (each <= 1) return samples;
  return Array.from({ length: Math.ceil(samples.length / each) }, (_, index) => {
    const stretch = samples.slice(index * each, (index + 1) * each);
    return stretch.reduce((largest, sample) => (sample.rssBytes > largest.rssBytes ? sample : largest));
  });
}

function memoryOf(evidence: unknown): readonly MemoryPoint[] {
  if (typeof evidence !== 'object' || evidence === null || !('samples' in evidence)) return [];
  return Array.isArray(evidence.samples) ? evidence.samples.filter(isMemoryPoint) : [];
}

function isMemoryPoint(value: unknown): value is MemoryPoint {
  if (typeof value !== 'object' || value === null) return false;
  const { requests, bytes } = value as Readonly<Record<string, unknown>>;
  return typeof requests === 'number' && typeof bytes === 'number';
}

/** Null when the check did not run, or its evidence cannot be read any more. */
function evidenceOf(runsFolder: string, run: string, check: string): unknown {
  try {
    return readEvidence(runsFolder, run, check);
  } catch {
    return null;
  }
}
