import { HistoryError } from '../history-error.ts';
import { type Value, showValue } from '../value.ts';
import { bystander, type RecordedEvent } from './record.ts';

type Fields = { readonly [key: string]: Value };

export function isFields(value: Value): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const types = ['invoke', 'ok', 'fail', 'info'] as const;

/**
 * Reads the fields that Jepsen's histories have: process, type, f, value, and perhaps key, error and time. Others are ignored. Elle's own
 * examples leave out process, and f, when all are transactions. Names may keep the colon of a keyword, as some writers of JSON leave it.
 */
export function eventOf(value: Value, line: number, time: number): RecordedEvent {
  if (!isFields(value)) throw new HistoryError(line, 'a map with type, f and value', showValue(value));
  const process = processOf(value['process'], line);
  const given = fieldOf(value, 'type', line);
  const type = types.find((each) => each === given || `:${each}` === given);
  if (type === undefined) throw new HistoryError(line, 'invoke, ok, fail or info for type', showValue(given));
  const f = value['f'] ?? (Array.isArray(value['value']) ? 'txn' : fieldOf(value, 'f', line));
  if (typeof f !== 'string' && process !== bystander) throw new HistoryError(line, 'a name for f', showValue(f));
  return {
    line,
    process,
    type,
    f: withoutColon(String(f)),
    key: keyText(value['key']),
    value: value['value'] ?? null,
    error: value['error'] ?? null,
    time,
  };
}

/** Null when it is left out. */
export function processOf(process: Value | undefined, line: number): RecordedEvent['process'] {
  if (process === undefined || process === null) return null;
  if (typeof process !== 'string' && typeof process !== 'number')
    throw new HistoryError(line, 'a number or a name for process', showValue(process));
  return typeof process === 'string' ? withoutColon(process) : process;
}

export function withoutColon(name: string): string {
  return name.startsWith(':') ? name.slice(1) : name;
}

function fieldOf(fields: Fields, name: string, line: number): Value {
  const value = fields[name];
  if (value === undefined)
    throw new HistoryError(line, `a map with ${name}`, `only ${Object.keys(fields).join(', ') || 'an empty one'}`);
  return value;
}

export function keyText(key: Value | undefined): string | null {
  if (key === undefined || key === null) return null;
  return typeof key === 'string' ? key : JSON.stringify(key);
}
