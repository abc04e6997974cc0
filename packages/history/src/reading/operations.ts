import type { Operation } from '../operation.ts';
import type { RecordedOperation } from '../parsers/record.ts';
import type { FailedCas } from '../parsers/registry.ts';
import { keyText } from '../parsers/event.ts';
import { Fields } from './fields.ts';
import type { NamedModel } from './models.ts';

/**
 * Recorded operations in the words of a model. With `byKey`, every key is an object of its own: the key stands in a field, or the
 * value is a pair of key and value (Jepsen's independent histories).
 */
export function readOperations(
  model: NamedModel,
  records: readonly RecordedOperation[],
  byKey: boolean,
  failedCas: FailedCas,
): readonly Operation[] {
  return records.map((given): Operation => {
    const record = byKey && given.key === null ? withKey(given) : given;
    const { input, output, answered } = model.read(new Fields(record));
    const { process, line, call } = record;
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
  });
}

function withKey(record: RecordedOperation): RecordedOperation {
  const [key, value] = new Fields(record).pair();
  const [, result] = Array.isArray(record.result) && record.result.length === 2 ? record.result : [null, record.result];
  return { ...record, key: keyText(key) ?? 'nil', value, result };
}
