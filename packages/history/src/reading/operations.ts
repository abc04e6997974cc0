import { HistoryError } from '../history-error.ts';
import type { Operation } from '../operation.ts';
import { keyText } from '../parsers/event.ts';
import type { RecordedOperation } from '../parsers/record.ts';
import type { FailedCas, NilRead } from '../parsers/registry.ts';
import type { Value } from '../value.ts';
import { Fields } from './fields.ts';
import type { NamedModel } from './models.ts';

export interface ReadingOptions {
  /** Every key is an object of its own: it stands in a field, or the value is a pair of key and value (Jepsen's independent histories). */
  readonly byKey: boolean;
  readonly failedCas: FailedCas;
  readonly nilRead: NilRead;
}

/** Recorded operations in the words of a model. */
export function readOperations(
  model: NamedModel,
  records: readonly RecordedOperation[],
  options: ReadingOptions,
): readonly Operation[] {
  return records.flatMap((record) => operationOf(model, record, options) ?? []);
}

function operationOf(
  model: NamedModel,
  given: RecordedOperation,
  { byKey, failedCas, nilRead }: ReadingOptions,
): Operation | null {
  const { call } = given;
  if (call === null) {
    // Faults and remarks are logged as :info by whoever makes them.
    if (given.type === 'info') return null;
    const who = given.process === null ? 'an :invoke' : `an :invoke of process ${given.process}`;
    throw new HistoryError(given.line, `${who} before its :${given.type}`, 'none');
  }
  const record = byKey && given.key === null ? withKey(given) : given;
  const { input, output, answered } = model.read(new Fields(record, nilRead));
  const { process, line } = record;
  const key = byKey && record.key !== null ? { key: record.key } : {};
  const known = record.type === 'ok' || (answered === true && failedCas === 'observation');
  return {
    process,
    line,
    call,
    input,
    ...key,
    outcome: known ? 'ok' : record.type === 'fail' ? 'failed' : 'unknown',
    ...(known && output !== undefined ? { output } : {}),
    ...(record.return === null ? {} : { return: record.return }),
  };
}

function withKey(record: RecordedOperation): RecordedOperation {
  const [key, value] = new Fields(record).pair();
  return { ...record, key: keyText(key) ?? 'nil', value, result: withoutKey(record.result, key) };
}

/** What was answered may repeat the key, or be any other list of two. */
function withoutKey(result: Value | undefined, key: Value): Value | undefined {
  if (!Array.isArray(result) || result.length !== 2 || keyText(result[0]) !== keyText(key)) return result;
  return result[1];
}
