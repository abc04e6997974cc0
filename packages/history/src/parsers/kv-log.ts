import { HistoryError } from '../history-error.ts';
import { showValue } from '../value.ts';
import { EdnReader } from './edn-reader.ts';
import { eventOf } from './event.ts';
import { bystander, pairEvents, type RecordedEvent, type RecordedOperation } from './record.ts';

/** Logs of Porcupine's key-value tests: one map on each line, with the key in a field of its own. Lines that hold no map are skipped. */
export function parseKvLog(text: string): readonly RecordedOperation[] {
  const events: RecordedEvent[] = [];
  for (const [i, content] of text.split('\n').entries()) {
    const start = content.indexOf('{');
    if (start < 0) continue;
    const reader = new EdnReader(content.slice(start), i + 1);
    const form = reader.next();
    if (form === null) continue;
    const rest = reader.rest();
    // What is no map cannot be an operation.
    if (rest.includes('{')) throw new HistoryError(i + 1, 'one map on each line', showValue(rest));
    const event = eventOf(form.value, i + 1, i);
    if (event.key === null && event.process !== bystander) throw new HistoryError(i + 1, 'a :key', 'none');
    events.push(event);
  }
  return pairEvents(events);
}
