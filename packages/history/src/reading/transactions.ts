import { isFields, keyText } from '../parsers/event.ts';
import type { RecordedOperation } from '../parsers/record.ts';
import type { MicroOperation, Transaction, TransactionKind } from '../serializability/transaction.ts';
import type { Value } from '../value.ts';
import { Fields } from './fields.ts';

const outcomes = { ok: 'ok', fail: 'failed', info: 'unknown' } as const;

/**
 * Elle's transactions: `[f key value]` triples, with f one of append and r, or of w and r (or write and read). A completion that nothing
 * invoked is a transaction, too, as in Elle's own examples: nobody knows when it ran.
 */
export function readTransactions(records: readonly RecordedOperation[], kind: TransactionKind): readonly Transaction[] {
  return records.flatMap((record) => transactionOf(record, kind) ?? []);
}

function transactionOf(record: RecordedOperation, kind: TransactionKind): Transaction | null {
  const fields = new Fields(record);
  const steps = record.type === 'ok' ? (record.result ?? record.value) : record.value;
  if (record.f !== 'txn' && !areSteps(steps)) {
    // Faults and remarks are logged as :info by whoever makes them.
    if (record.call === null && record.type === 'info') return null;
    return fields.unknownFunction('of transactions', 'txn');
  }
  // Only a completion says what was read.
  const told = (fields.steps ?? null) !== null;
  const operations = fields.list(steps, 'txn').map((step) => microOperation(fields, kind, step, told));
  const { process, line, call } = record;
  return {
    process,
    operations,
    outcome: outcomes[record.type],
    line,
    ...(call === null ? {} : { call }),
    ...(record.type === 'ok' && record.return !== null ? { return: record.return } : {}),
  };
}

/** A list of lists: what transactions look like, whatever their function is called. */
function areSteps(value: Value): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((step) => Array.isArray(step));
}

const known = { 'list-append': 'append or read', 'rw-register': 'write or read' } as const;

function microOperation(fields: Fields, kind: TransactionKind, step: Value, told: boolean): MicroOperation {
  const [f, name, value = null] = fields.list(step, 'a step');
  // A key may be a vector, but hardly a map: that is a step of another kind.
  const key = keyText(isFields(name ?? null) ? null : name) ?? fields.fail('a key in a step', name);
  if (f === 'r' || f === 'read') {
    if (!told) return { f: 'read', key };
    // Anything else would pass for an empty list.
    if (kind === 'list-append') fields.list(value, 'a read');
    return { f: 'read', key, value };
  }
  if (kind === 'list-append' && f === 'append') return { f, key, value };
  if (kind === 'rw-register' && (f === 'w' || f === 'write')) return { f: 'write', key, value };
  return fields.fail(`${known[kind]} for a step of ${kind}`, f);
}
