import { HistoryError } from '../history-error.ts';
import { showValue, type Value } from '../value.ts';
import { eventOf, isFields, keyText, processOf, withoutColon } from './event.ts';
import { jsonValue } from './json-value.ts';
import { pairEvents, type RecordedEvent, type RecordedOperation } from './record.ts';

/**
 * JSON: one array, or one object after the other (as in ndjson). Either events with the fields of Jepsen's histories (process, type, f,
 * value; in the order of time, or all with a `time` that differs), or whole operations: process, f, value, output, call, return, and an outcome
 * of ok, failed or unknown. What a read saw is the output, or else the value.
 */
export function parseJson(text: string): readonly RecordedOperation[] {
  const items = [...itemsOf(text)];
  if (items.every((item) => isFields(item.value) && 'call' in item.value)) return items.map(wholeOperation);
  const timed = tellTimes(items);
  const events: RecordedEvent[] = items.map(({ value, line }, at) =>
    eventOf(value, line, timed && isFields(value) ? Number(value['time']) : at),
  );
  return pairEvents(timed ? events.sort((a, b) => a.time - b.time) : events);
}

interface Item {
  readonly line: number;
  readonly value: Value;
}

/** Whether the events have times that say anything: writers fill in 0 or -1 where they know none, and then all would be concurrent. */
function tellTimes(items: readonly Item[]): boolean {
  const times = new Set(items.map(({ value }) => (isFields(value) ? value['time'] : undefined)));
  return times.size > 1 && [...times].every((time) => typeof time === 'number' && time !== -1);
}

const outcomes = { ok: 'ok', failed: 'fail', fail: 'fail', unknown: 'info', info: 'info' } as const;

function wholeOperation({ value, line }: Item): RecordedOperation {
  if (!isFields(value)) throw new HistoryError(line, 'an object', showValue(value));
  const { f, call, outcome = 'ok' } = value;
  const process = processOf(value['process'], line);
  if (typeof f !== 'string') throw new HistoryError(line, 'a name for f', showValue(f));
  if (typeof call !== 'number') throw new HistoryError(line, 'a number for call', showValue(call));
  const type =
    typeof outcome === 'string' && Object.hasOwn(outcomes, outcome)
      ? Object.entries(outcomes).find(([name]) => name === outcome)?.[1]
      : undefined;
  if (type === undefined) throw new HistoryError(line, 'ok, failed or unknown for outcome', showValue(outcome));
  const returned = value['return'] ?? null;
  if (type === 'ok' ? typeof returned !== 'number' : returned !== null && typeof returned !== 'number') {
    throw new HistoryError(line, 'a number for return', showValue(returned));
  }
  const result = value['output'];
  return {
    line,
    process,
    f: withoutColon(f),
    key: keyText(value['key']),
    value: value['value'] ?? null,
    result,
    type,
    error: value['error'] ?? null,
    call,
    return: typeof returned === 'number' ? returned : null,
    whole: true,
  };
}

/** The elements of the one array, or the values one after the other, each with its line. */
function* itemsOf(text: string): Generator<Item> {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  let inArray = false;
  let first = true;
  for (; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === '\n') line++;
    if (/[\s,]/.test(char)) continue;
    if (first && char === '[') {
      inArray = true;
      first = false;
      continue;
    }
    first = false;
    if (inArray && char === ']') {
      const rest = text.slice(at + 1).trim();
      if (rest !== '') throw new HistoryError(line, 'the end of the text after ]', showValue(rest, 20));
      return;
    }
    const end = endOf(text, at, line);
    const source = text.slice(at, end);
    yield { line, value: parsed(source, line) };
    line += source.split('\n').length - 1;
    at = end - 1;
  }
  if (inArray) throw new HistoryError(line, '] to close the array', 'the end of the text');
}

const deepest = 500;

/** Where the value that begins here ends: brackets are counted, texts are passed over. */
function endOf(text: string, start: number, line: number): number {
  let depth = 0;
  const pattern = /["{}[\],\n]/g;
  pattern.lastIndex = start;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [token] = match;
    if (token === '"') pattern.lastIndex = endOfString(text, match.index);
    else if (token === '{' || token === '[') {
      if (++depth > deepest) throw new HistoryError(line, `at most ${deepest} nested values`, token);
    } else if (token === '}' || token === ']') {
      if (depth === 0) return match.index;
      if (--depth === 0) return pattern.lastIndex;
    } else if (depth === 0 && (token === ',' || token === '\n')) return match.index;
  }
  if (depth > 0) throw new HistoryError(line, 'a value that is closed', 'the end of the text');
  return text.length;
}

/** Behind the string that begins here; only behind its first quote where it is not closed on its line. */
function endOfString(text: string, start: number): number {
  const pattern = /["\n]|\\./g;
  pattern.lastIndex = start + 1;
  for (let match = pattern.exec(text); match !== null && match[0] !== '\n'; match = pattern.exec(text))
    if (match[0] === '"') return pattern.lastIndex;
  return start + 1;
}

function parsed(source: string, line: number): Value {
  try {
    return jsonValue(source);
  } catch (error) {
    const detail = error instanceof Error ? error.message : '';
    const position = Number(/position (\d+)/.exec(detail)?.[1] ?? 0);
    const at = line + source.slice(0, position).split('\n').length - 1;
    throw new HistoryError(at, 'JSON', showValue(source.slice(Math.max(0, position - 10), position + 20)));
  }
}
