import { isJsonObject, type Json, type JsonObject } from '@assay/contract';
import { nearestWord } from './nearest-word.ts';

export type Path = readonly (string | number)[];

/** Something wrong in a document: where, and what was expected. */
export interface Problem {
  readonly path: Path;
  /** True: the key itself is wrong, not what stands under it. */
  readonly atKey?: boolean;
  readonly message: string;
}

/** What a place in a document may hold: read into a typed value with every mistake named, and told as JSON Schema. */
export interface Shape<T> {
  /** In words, after "must be". */
  readonly expected: string;
  /** Undefined only when a problem was added. */
  read(value: Json, path: Path, problems: Problem[]): T | undefined;
  readonly schema: JsonObject;
}

export type Of<S> = S extends Shape<infer T> ? T : never;

interface Optional<T> extends Shape<T> {
  readonly optional: true;
  readonly fallback: T;
}

/** The key may be left out; then it has this value. */
export function optional<T>(shape: Shape<T>, fallback: T): Optional<T>;
export function optional<T>(shape: Shape<T>): Optional<T | null>;
export function optional<T>(shape: Shape<T>, fallback?: T): Optional<T | null> {
  return { ...shape, optional: true, fallback: fallback ?? null };
}

function wrong(shape: { readonly expected: string }, value: Json, path: Path, problems: Problem[]): undefined {
  problems.push({ path, message: `${placeName(path)} must be ${shape.expected}; here stands ${described(value)}.` });
  return undefined;
}

export function text(limit = 20_000): Shape<string> {
  const expected = 'a text';
  return {
    expected,
    schema: { type: 'string', minLength: 1, maxLength: limit },
    read(value, path, problems) {
      if (typeof value === 'string' && value.trim() !== '' && value.length <= limit) return value;
      if (typeof value === 'string' && value.length > limit) {
        problems.push({ path, message: `${placeName(path)} may have at most ${limit} characters.` });
        return undefined;
      }
      const hint = typeof value === 'number' || typeof value === 'boolean' ? ' Put it in quotes.' : '';
      problems.push({
        path,
        message: `${placeName(path)} must be ${expected}; here stands ${described(value)}.${hint}`,
      });
      return undefined;
    },
  };
}

/** A text that keeps to a pattern; `expected` says the pattern in words. */
export function word(expected: string, pattern: RegExp): Shape<string> {
  const shape = { expected, schema: { type: 'string', pattern: pattern.source } };
  return {
    ...shape,
    read: (value, path, problems) =>
      typeof value === 'string' && pattern.test(value) ? value : wrong(shape, value, path, problems),
  };
}

export function integer(min: number, max: number): Shape<number> {
  const shape = {
    expected: `a whole number from ${min} to ${max}`,
    schema: { type: 'integer', minimum: min, maximum: max },
  };
  return {
    ...shape,
    read(value, path, problems) {
      // A number that varies stands in a template, which leaves a text.
      const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
      return typeof number === 'number' && Number.isInteger(number) && number >= min && number <= max
        ? number
        : wrong(shape, value, path, problems);
    },
  };
}

export function flag(): Shape<boolean> {
  const shape = { expected: 'true or false', schema: { type: ['boolean', 'string'] } };
  return {
    ...shape,
    read(value, path, problems) {
      if (value === true || value === 'true') return true;
      return value === false || value === 'false' ? false : wrong(shape, value, path, problems);
    },
  };
}

export function oneOf<const T extends string>(choices: readonly T[]): Shape<T> {
  const shape = { expected: `one of ${choices.join(', ')}`, schema: { type: 'string', enum: [...choices] } };
  return {
    ...shape,
    read(value, path, problems) {
      const found = choices.find((choice) => choice === value);
      if (found !== undefined) return found;
      const near = typeof value === 'string' ? nearestWord(value, choices) : null;
      if (near === null) return wrong(shape, value, path, problems);
      problems.push({ path, message: `${placeName(path)}: there is no "${String(value)}". Did you mean ${near}?` });
      return undefined;
    },
  };
}

/** Anything that JSON can say. */
export function json(): Shape<Json> {
  return { expected: 'any value', schema: {}, read: (value) => value };
}

export function list<T>(of: Shape<T>, min = 0, max = 200): Shape<readonly T[]> {
  const amount = min === 0 ? 'a list' : `a list of at least ${min}`;
  const shape = { expected: amount, schema: { type: 'array', items: of.schema, minItems: min, maxItems: max } };
  return {
    ...shape,
    read(value, path, problems) {
      if (!Array.isArray(value) || value.length < min) return wrong(shape, value, path, problems);
      const items: readonly Json[] = value;
      if (items.length > max) {
        problems.push({
          path,
          message: `${placeName(path)} may have at most ${max} entries; here are ${items.length}.`,
        });
        return undefined;
      }
      const before = problems.length;
      const read = items.map((item, index) => of.read(item, [...path, index], problems));
      const whole = read.filter((item) => item !== undefined);
      return problems.length === before ? whole : undefined;
    },
  };
}

/** Keys of the author's own choosing. */
export function record<T>(of: Shape<T>): Shape<Readonly<Record<string, T>>> {
  const shape = {
    expected: 'a mapping of keys to values',
    schema: { type: 'object', additionalProperties: of.schema },
  };
  return {
    ...shape,
    read(value, path, problems) {
      if (!isJsonObject(value)) return wrong(shape, value, path, problems);
      const read: Record<string, T> = {};
      for (const [key, item] of Object.entries(value)) {
        const one = of.read(item, [...path, key], problems);
        if (one !== undefined) Object.defineProperty(read, key, { value: one, enumerable: true });
      }
      return read;
    },
  };
}

type Fields = Readonly<Record<string, Shape<unknown>>>;
type Read<F extends Fields> = { readonly [K in keyof F]: Of<F[K]> };

/** Exactly these keys. */
export function object<F extends Fields>(fields: F, expected = 'a mapping of keys to values'): Shape<Read<F>> {
  const names = Object.keys(fields);
  const shape = {
    expected,
    schema: {
      type: 'object',
      additionalProperties: false,
      required: names.filter((name) => !isOptional(fields[name])),
      properties: Object.fromEntries(names.map((name) => [name, fields[name]?.schema ?? {}])),
    },
  };
  return {
    ...shape,
    read(value, path, problems) {
      if (!isJsonObject(value)) return wrong(shape, value, path, problems);
      const before = problems.length;
      for (const key of Object.keys(value)) {
        if (names.includes(key)) continue;
        const near = nearestWord(key, names);
        const hint = near === null ? `The keys are: ${names.join(', ')}.` : `Did you mean ${near}?`;
        problems.push({ path: [...path, key], atKey: true, message: `There is no key "${key}" here. ${hint}` });
      }
      const read: Record<string, unknown> = {};
      for (const [name, field] of Object.entries(fields)) {
        const given = Object.hasOwn(value, name) ? value[name] : undefined;
        if (given !== undefined && given !== null) read[name] = field.read(given, [...path, name], problems);
        else if (isOptional(field)) read[name] = field.fallback;
        else problems.push({ path, message: `${placeName(path)} needs the key "${name}": ${field.expected}.` });
      }
      return problems.length === before && hasFields(read, fields) ? read : undefined;
    },
  };
}

/** Every field was read by its own shape, or problems tell why not. */
function hasFields<F extends Fields>(read: Record<string, unknown>, fields: F): read is Read<F> {
  return Object.keys(fields).every((name) => name in read);
}

function isOptional(shape: Shape<unknown> | undefined): shape is Optional<unknown> {
  return shape !== undefined && 'optional' in shape;
}

/** The first shape that fits; the mistakes of the last are told when none does. */
export function either<A, B>(
  expected: string,
  fits: (value: Json) => boolean,
  first: Shape<A>,
  second: Shape<B>,
): Shape<A | B> {
  return {
    expected,
    schema: { anyOf: [first.schema, second.schema] },
    read: (value, path, problems): A | B | undefined =>
      fits(value) ? first.read(value, path, problems) : second.read(value, path, problems),
  };
}

function placeName(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'The file';
  return typeof last === 'number' ? `Entry ${last + 1} of ${String(path.at(-2) ?? 'the list')}` : `"${last}"`;
}

function described(value: Json): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'string') return value.trim() === '' ? 'an empty text' : `the text "${value.slice(0, 60)}"`;
  return typeof value === 'number' ? `the number ${value}` : String(value);
}
