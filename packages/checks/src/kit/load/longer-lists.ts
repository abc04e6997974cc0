import type { Instance } from '@assay/contract';
import { catalogOf, type Table } from '../database/catalog.ts';
import { multiply } from '../database/multiply.ts';
import { rowCounts } from '../database/new-rows.ts';

/** How many rows each table had. */
type TableSizes = ReadonlyMap<string, number>;

/** The tables of a backend and their rows; null where its database is not ours to look into. */
export async function tableSizes(instance: Instance): Promise<TableSizes | null> {
  return instance.wire === null ? null : rowCounts(instance, await catalogOf(instance));
}

/** Makes each table that grew so many times as long, in SQL, with rows like its own that belong to what those belong to: so lists grow with it. */
export async function lengthen(instance: Instance, before: TableSizes, times: number): Promise<void> {
  const tables = await catalogOf(instance);
  const now = await rowCounts(instance, tables);
  const rows = ({ key }: Table): number => now.get(key) ?? 0;
  for (const table of tables)
    if (rows(table) > (before.get(table.key) ?? 0)) await multiply(instance, [table], [table], rows(table) * times);
}

/** How often a request is sent to see what it costs. */
const repeats = 5;
const sampleWithinMs = 3000;

/**
 * CPU time of all processes of a backend for one request, in milliseconds: what else the machine does makes it wait, but not work more. Null when
 * that is not sampled.
 */
export async function cpuPerRequest(instance: Instance, send: () => Promise<unknown>): Promise<number | null> {
  const from = await nextSample(instance);
  for (let sent = 0; sent < repeats; sent += 1) await send();
  const to = await nextSample(instance);
  if (from === null || to === null) return null;
  const samples = instance.usage().filter(({ at }) => at >= from && at <= to);
  const used = samples.slice(1).reduce((sum, { at, cpu }, index) => sum + cpu * (at - (samples[index]?.at ?? at)), 0);
  return used / repeats;
}

/** Waits for the next sample; when it was taken. */
async function nextSample(instance: Instance): Promise<number | null> {
  const seen = instance.usage().at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  const deadline = performance.now() + sampleWithinMs;
  while (performance.now() < deadline) {
    const last = instance.usage().at(-1);
    if (last !== undefined && last.at > seen) return last.at;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return null;
}
