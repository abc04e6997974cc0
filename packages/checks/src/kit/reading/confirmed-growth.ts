import type { Exchange, ProbeContext, Statement } from '@assay/contract';
import { askList, type FillableList } from '../setup/fill.ts';
import type { Setup } from '../setup/setup.ts';

/** What one request for a list brought, and the statements that ran for it. */
export interface Measured {
  readonly items: number;
  readonly exchange: Exchange;
  readonly statements: readonly Statement[];
}

/** Asks for a list, alone in flight. Null when it is no list, or nobody watches the database. */
export async function measuredList(
  { backend: { wire }, signal }: Pick<ProbeContext, 'backend' | 'signal'>,
  setup: Setup,
  fillable: FillableList,
  limit: number,
): Promise<Measured | null> {
  if (wire === null) return null;
  await wire.idle(30, signal);
  const mark = wire.mark();
  const { exchange, items } = await askList(setup, fillable, limit);
  await wire.idle(30, signal);
  return items === null ? null : { items, exchange, statements: wire.since(mark) };
}

/** What grew is asked for once more: a job may have run just then that reads the whole table, or does something for each new row. */
export async function confirmedGrowth<Growth extends { readonly large: Measured }>(
  growth: Growth,
  complaints: (growth: Growth) => readonly unknown[],
  measure: () => Promise<Measured | null>,
): Promise<Growth> {
  if (complaints(growth).length === 0) return growth;
  const large = await measure();
  if (large === null || large.statements.length === 0) return growth;
  const again = { ...growth, large };
  return complaints(again).length === 0 ? again : growth;
}
