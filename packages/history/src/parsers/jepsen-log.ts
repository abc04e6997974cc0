import { HistoryError } from '../history-error.ts';
import { type Value, showValue } from '../value.ts';
import { EdnReader } from './edn-reader.ts';
import { pairEvents, type RecordedEvent, type RecordedOperation } from './record.ts';

/** Process, type, function, and then the value and perhaps an error, after whatever the logger puts in front. */
const operation = /^(?:.*?[\s:-]\s*)??(:?nemesis|-?\d+)\s+:(invoke|ok|fail|info)\s+:(\S+)[ \t]*(.*)$/;
const looksLikeOne = /jepsen\.util.*\s:(?:invoke|ok|fail|info)\b/;

/** The lines that Jepsen logs for each operation: `INFO  jepsen.util - 0  :invoke  :write  3`. Other lines are skipped. */
export function parseJepsenLog(text: string): readonly RecordedOperation[] {
  const events: RecordedEvent[] = [];
  for (const [i, content] of text.split('\n').entries()) {
    const line = i + 1;
    const match = operation.exec(content.trimEnd());
    if (match === null) {
      if (looksLikeOne.test(content))
        throw new HistoryError(line, 'process, :type, :function and value', showValue(content));
      continue;
    }
    const [, process = '', type = '', f = '', rest = ''] = match;
    const values = valuesOf(rest, line, type);
    events.push({
      line,
      process: /^-?\d+$/.test(process) ? Number(process) : 'nemesis',
      type: typeOf(type),
      f,
      key: null,
      ...values,
      time: i,
    });
  }
  return pairEvents(events);
}

/** Where there was no answer, the reason stands in the place of the value. */
function valuesOf(rest: string, line: number, type: string): { value: Value; error: Value } {
  const reader = new EdnReader(rest, line);
  const value = reader.next()?.value ?? null;
  const error = reader.next()?.value ?? null;
  const isReason = (type === 'fail' || type === 'info') && rest.startsWith(':') && error === null;
  return isReason ? { value: null, error: value } : { value, error };
}

function typeOf(type: string): RecordedEvent['type'] {
  return type === 'invoke' || type === 'ok' || type === 'fail' ? type : 'info';
}
