import { HistoryError } from '../history-error.ts';
import { showValue, type Value } from '../value.ts';
import { EdnReader } from './edn-reader.ts';
import { jsonValue } from './json-value.ts';

/** One value as people type it: JSON, or EDN where it is none (`{:x 0}`, `{0 10, 1 10}`, `nil`). Throws a `HistoryError`. */
export function parseValue(text: string): Value {
  try {
    return jsonValue(text);
  } catch {
    const reader = new EdnReader(text);
    const form = reader.next();
    if (form === null || reader.next() !== null)
      throw new HistoryError(null, 'one value, in JSON or EDN', showValue(text));
    return form.value;
  }
}
