import type { RecordedOperation } from '../parsers/record.ts';
import type { MicroOperation, Transaction } from '../serializability/transaction.ts';
import type { Value } from '../value.ts';
import { Fields } from './fields.ts';

const outcomes = { ok: 'ok', fail: 'failed', info: 'unknown' } as const;

/** Elle's transactions: `:f :txn` and `[f key value]` triples, with f one of append, r and w (or read and write). */
export function readTransactions(records: readonly RecordedOperation[]): readonly Transaction[] {
  return records.map((record): Transaction => {
    const fields = new Fields(record);
    if (record.f !== 'txn') return fields.unknownFunction('of transactions', 'txn');
    const told = record.type === 'ok' ? record.result : undefined;
    // Only a completion says what was read.
    const operations = fields
      .list(told ?? record.value, 'txn')
      .map((step) => microOperation(fields, step, told !== undefined));
    const { process, line, call } = record;
    const returned = record.type === 'ok' && record.return !== null ? { return: record.return } : {};
    return { process, operations, outcome: outcomes[record.type], line, call, ...returned };
  });
}

function microOperation(fields: Fields, step: Value, told: boolean): MicroOperation {
  const [f, name, value = null] = fields.list(step, 'a step');
  const key = fields.text(typeof name === 'object' ? undefined : name, 'a key');
  if (f === 'append') return { f, key, value };
  if (f === 'w' || f === 'write') return { f: 'write', key, value };
  if (f === 'r' || f === 'read') return told ? { f: 'read', key, value } : { f: 'read', key };
  return fields.fail('append, write or read for a step', f);
}
