import type { Statement } from '@assay/contract';
import { accessOf } from './sql-access.ts';

/** Tables that these statements put rows into, each once; what was rolled back put nothing anywhere. */
export function insertedInto(statements: readonly Statement[]): readonly string[] {
  const undone = new Set(
    statements
      .filter(({ transaction, text }) => transaction !== null && accessOf(text).kind === 'rollback')
      .map(({ transaction }) => transaction),
  );
  const kept = statements.filter(
    ({ command, rows, transaction }) =>
      command === 'INSERT' && (rows ?? 0) > 0 && (transaction === null || !undone.has(transaction)),
  );
  return [...new Set(kept.flatMap(({ text }) => accessOf(text).tables.slice(0, 1)))];
}
