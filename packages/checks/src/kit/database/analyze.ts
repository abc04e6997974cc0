import type { Instance } from '@assay/contract';
import { catalogOf } from './catalog.ts';

/**
 * Has PostgreSQL count what the backend stored, as autovacuum does in time: of a table that it never looked at it expects many rows, and reads them
 * in the order of an index where it would sort the few that there are. Nothing happens where its database is not ours to look into.
 */
export async function analyze(instance: Instance): Promise<void> {
  if (instance.wire === null) return;
  for (const { key } of await catalogOf(instance)) {
    try {
      await instance.sql(`ANALYZE (SKIP_LOCKED) ${key}`);
    } catch {
      // An index on an expression that fails for some row: the table stays as it was.
    }
  }
}
