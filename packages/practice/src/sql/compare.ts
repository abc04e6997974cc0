import type { ResultRows } from './run-answer.ts';

export interface ComparePolicy {
  /** The key's columns by which rows must be sorted; rows that tie in them may come in any order. */
  readonly order: readonly string[];
  /** How many of the key's rows are wanted; any of those that tie for the last place. */
  readonly limit: number | null;
  readonly columns: 'position' | 'name';
}

/** How the answer differs from the key, in words; null when it does not. */
export function differenceOf(answer: ResultRows, key: ResultRows, policy: ComparePolicy): string | null {
  const aligned = policy.columns === 'name' ? byName(answer, key) : byPosition(answer, key);
  if (typeof aligned === 'string') return aligned;
  const wanted = key.rows.map((row) => row.map((value, column) => canonical(value, typeAt(key, column))));
  const given = aligned.rows.map((row) => row.map((value, column) => canonical(value, typeAt(aligned, column))));
  const count = policy.limit === null ? wanted.length : Math.min(policy.limit, wanted.length);
  if (given.length !== count) return `It returns ${rowsOf(given.length)}; ${rowsOf(count)} are right.`;
  const extra = firstOutside(given, wanted);
  if (extra !== null)
    return `The row (${extra.map((value) => value ?? 'NULL').join(', ')}) is not right${times(extra, given, wanted)}.`;
  return orderDifference(given, wanted, key, policy.order);
}

function byPosition(answer: ResultRows, key: ResultRows): ResultRows | string {
  return answer.columns.length === key.columns.length
    ? answer
    : `It returns ${answer.columns.length} columns; ${key.columns.length} are asked for: ${key.columns.map(({ name }) => name).join(', ')}.`;
}

function byName(answer: ResultRows, key: ResultRows): ResultRows | string {
  const places = key.columns.map(({ name }) => answer.columns.findIndex((column) => column.name === name));
  const missing = key.columns.filter((_, index) => places[index] === -1);
  if (missing.length > 0) return `There is no column named ${missing.map(({ name }) => name).join(', ')}.`;
  if (answer.columns.length !== key.columns.length)
    return `It returns ${answer.columns.length} columns; ${key.columns.length} are asked for.`;
  return {
    columns: places.map((place) => answer.columns[place] ?? { name: '', type: 0 }),
    rows: answer.rows.map((row) => places.map((place) => row[place] ?? null)),
  };
}

function typeAt(result: ResultRows, column: number): number {
  return result.columns[column]?.type ?? 0;
}

const integers = new Set([20, 21, 23, 26]);
const floats = new Set([700, 701]);
const numeric = 1700;
const json = new Set([114, 3802]);
const timestamps = new Set([1114, 1184]);
const padded = 1042;

/** One text for values that are the same: numbers by value, JSON by content, a midnight as its day. */
function canonical(value: string | null, type: number): string | null {
  if (value === null) return null;
  if (integers.has(type)) return value;
  if (floats.has(type) || type === numeric) return numberText(value);
  if (timestamps.has(type)) return value.replace(/ 00:00:00(\+00)?$/, '');
  if (type === padded) return value.trimEnd();
  if (json.has(type)) return JSON.stringify(JSON.parse(value));
  return value;
}

/** Without zeros that say nothing; beyond nine digits behind the point two ways to reckon may differ. */
function numberText(value: string): string {
  if (/e/i.test(value)) return String(Number(value));
  const fraction = /\.(\d+)$/.exec(value)?.[1];
  if (fraction === undefined) return value;
  const short = fraction.length > 9 ? Number(value).toFixed(9) : value;
  return short.replace(/\.?0+$/, '').replace(/^-0$/, '0');
}

type Row = readonly (string | null)[];

function identity(row: Row): string {
  return JSON.stringify(row);
}

function counts(rows: readonly Row[]): Map<string, number> {
  const counted = new Map<string, number>();
  for (const row of rows) counted.set(identity(row), (counted.get(identity(row)) ?? 0) + 1);
  return counted;
}

/** A row that the answer has, and the key has not or less often. */
function firstOutside(given: readonly Row[], wanted: readonly Row[]): Row | null {
  const left = counts(wanted);
  for (const row of given) {
    const rest = left.get(identity(row)) ?? 0;
    if (rest === 0) return row;
    left.set(identity(row), rest - 1);
  }
  return null;
}

function times(row: Row, given: readonly Row[], wanted: readonly Row[]): string {
  const right = counts(wanted).get(identity(row)) ?? 0;
  const here = counts(given).get(identity(row)) ?? 0;
  return right === 0 ? '' : ` ${here} times; it is there ${right === 1 ? 'once' : `${right} times`}`;
}

function orderDifference(
  given: readonly Row[],
  wanted: readonly Row[],
  key: ResultRows,
  order: readonly string[],
): string | null {
  const places = order
    .map((name) => key.columns.findIndex((column) => column.name === name))
    .filter((place) => place >= 0);
  if (places.length === 0) return null;
  const sortKey = (row: Row | undefined): string => JSON.stringify(places.map((place) => row?.[place] ?? null));
  const at = given.findIndex((row, index) => sortKey(row) !== sortKey(wanted[index]));
  return at === -1
    ? null
    : `The rows are right, but their order is not: row ${at + 1} should have ${order.map((name, index) => `${name} ${wanted[at]?.[places[index] ?? 0] ?? 'NULL'}`).join(', ')}.`;
}

function rowsOf(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`;
}
