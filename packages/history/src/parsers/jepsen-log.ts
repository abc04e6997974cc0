import { HistoryError } from '../history-error.ts';
import { type Value, showValue } from '../value.ts';
import { type EdnForm, EdnReader } from './edn-reader.ts';
import { pairEvents, type RecordedEvent, type RecordedOperation } from './record.ts';

/** Process, type, function, and then the value and perhaps an error, after whatever the logger puts in front. */
const operation = /^(?:.*?[\s:-])??(:?nemesis|-?\d+)\s+:(invoke|ok|fail|info)\s+:(\S+)[ \t]*(.*)$/;
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
    // What the nemesis says is free text, and no operation.
    if (!/^-?\d+$/.test(process)) continue;
    events.push({
      line,
      process: Number(process),
      type: typeOf(type),
      f,
      key: null,
      ...valuesOf(rest, line, type),
      time: i,
    });
  }
  return pairEvents(events);
}

/**
 * The value, and after it the error, which Jepsen prints as whatever text it has. Where there was no answer, the reason may stand in the place
 * of the value.
 */
function valuesOf(rest: string, line: number, type: string): { value: Value; error: Value } {
  const unanswered = type === 'fail' || type === 'info';
  const reader = new EdnReader(rest, line);
  let form: EdnForm | null;
  try {
    form = reader.next();
  } catch (error) {
    if (unanswered && error instanceof HistoryError) return { value: null, error: rest };
    throw error;
  }
  const value = form?.value ?? null;
  const error = reader.rest() === '' ? null : reader.rest();
  return unanswered && error === null && rest.startsWith(':') ? { value: null, error: value } : { value, error };
}

function typeOf(type: string): RecordedEvent['type'] {
  return type === 'invoke' || type === 'ok' || type === 'fail' ? type : 'info';
}
