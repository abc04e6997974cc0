import type { Statement } from '@assay/contract';
import { accessOf } from '../database/sql-access.ts';

/** What an upsert counts as inserted may have been there. */
const upserts = /\bon\s+conflict\b[\s\S]*\bdo\s+update\b/i;

/** Tables that these statements put new rows into, each once; what was rolled back put nothing anywhere. */
export function insertedInto(statements: readonly Statement[]): readonly string[] {
  const undone = new Set(
    statements
      .filter(({ transaction, text }) => transaction !== null && accessOf(text).kind === 'rollback')
      .map(({ transaction }) => transaction),
  );
  const kept = statements.filter(
    ({ command, rows, transaction, text }) =>
      command === 'INSERT' &&
      (rows ?? 0) > 0 &&
      !upserts.test(text) &&
      (transaction === null || !undone.has(transaction)),
  );
  return [...new Set(kept.flatMap(({ text }) => accessOf(text).tables.slice(0, 1)))];
}
