import { atScale, decimalOf, numberOf } from '../validate/decimal.ts';
import { isJsonObject } from '../vocabulary/json.ts';
import type { Json, JsonObject } from '../vocabulary/json.ts';
import { isLighter, weightOf } from './weight.ts';

const finePieces = 48;

/**
 * Values that are simpler than a given one, the boldest steps first; every one weighs strictly less, so that shrinking ends. They know
 * nothing of schemas: the caller keeps those that are valid. `models` are simple valid values, whose parts replace parts of the value.
 */
export function* simplerValues(value: Json, models: readonly Json[]): Generator<Json> {
  const weight = weightOf(value);
  for (const candidate of candidates(value, models)) if (isLighter(weightOf(candidate), weight)) yield candidate;
}

function* candidates(value: Json, models: readonly Json[]): Generator<Json> {
  yield* models;
  if (typeof value === 'string') yield* strings(value);
  else if (typeof value === 'number') yield* numbers(value);
  else if (value === true) yield false;
  else if (Array.isArray(value)) yield* arrays(value, models);
  else if (isJsonObject(value)) yield* objects(value, models);
}

function* strings(value: string): Generator<string> {
  yield '';
  const points = Array.from(value);
  yield 'a'.repeat(points.length);
  yield points.map(plainer).join('');
  for (let size = points.length >> 1; size >= 1; size >>= 1) {
    yield points.slice(0, size).join('');
    yield points.slice(0, points.length - size).join('');
    yield points.slice(size).join('');
  }
  if (points.length > finePieces) return;
  for (let index = 0; index < points.length; index++) {
    yield points.toSpliced(index, 1).join('');
    yield points.toSpliced(index, 1, 'a').join('');
    yield points.toSpliced(index, 1, plainer(points[index] ?? 'a')).join('');
  }
}

/** The simplest character of the same kind, so that a pattern still holds. */
function plainer(character: string): string {
  if (/[a-z]/.test(character)) return 'a';
  if (/[A-Z]/.test(character)) return 'A';
  return /[0-9]/.test(character) ? '0' : /[ -~]/.test(character) ? character : 'a';
}

function* numbers(value: number): Generator<number> {
  yield 0;
  yield Math.abs(value);
  if (!Number.isInteger(value)) {
    yield Math.trunc(value);
    const exact = decimalOf(value);
    for (let scale = 1; scale < Math.min(exact.scale, 20); scale++) yield Number(value.toFixed(scale));
    if (exact.scale > 20) return;
    const digits = atScale(exact, exact.scale);
    for (let step = digits / 2n; step !== 0n; step /= 2n) yield numberOf({ digits: digits - step, scale: exact.scale });
    return;
  }
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) yield Math.sign(value) * Number.MAX_SAFE_INTEGER;
  for (let step = Math.trunc(value / 2); step !== 0; step = Math.trunc(step / 2)) yield value - step;
  // A grid of tens or hundreds is left by steps of one.
  for (const step of [1000, 100, 10, 5, 2]) if (Math.abs(value) > step) yield value - Math.sign(value) * step;
}

function* arrays(value: readonly Json[], models: readonly Json[]): Generator<Json> {
  yield [];
  for (let size = value.length >> 1; size >= 1; size >>= 1) {
    for (let from = 0; from < value.length && value.length / size <= finePieces; from += size)
      yield value.toSpliced(from, size);
    yield value.slice(0, size);
  }
  for (const [index, item] of value.slice(0, finePieces).entries()) {
    const parts = models
      .flatMap((model) => (Array.isArray(model) ? [model[Math.min(index, model.length - 1)]] : []))
      .filter((part) => part !== undefined);
    for (const simpler of simplerValues(item, parts)) yield value.with(index, simpler);
  }
}

function* objects(value: JsonObject, models: readonly Json[]): Generator<Json> {
  const names = Object.keys(value);
  for (const model of models) {
    if (!isJsonObject(model)) continue;
    yield Object.fromEntries(
      names.filter((name) => Object.hasOwn(model, name)).map((name) => [name, value[name] ?? null]),
    );
  }
  for (const name of names) yield without(value, name);
  for (const name of names) {
    const parts = models
      .flatMap((model) => (isJsonObject(model) && Object.hasOwn(model, name) ? [model[name]] : []))
      .filter((part) => part !== undefined);
    for (const simpler of simplerValues(value[name] ?? null, parts)) yield { ...value, [name]: simpler };
  }
}

function without(value: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
}
