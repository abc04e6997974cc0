import type { Json, JsonObject } from '../vocabulary/json.ts';
import type { Evaluated, Explain } from './explain.ts';
import { jsonKey } from './json-key.ts';
import { asSchema, asSchemas } from './keywords.ts';
import type { SchemaViolation } from './violation.ts';
import { counted, placeName } from './wording.ts';

export function explainArray(
  schema: JsonObject,
  value: readonly Json[],
  pointer: string,
  evaluated: Evaluated,
  explain: Explain,
): SchemaViolation[] {
  const found: SchemaViolation[] = [];
  const place = placeName(pointer);
  const say = (keyword: string, wish: string, expected: Json) =>
    found.push({ pointer, keyword, message: `${place} must ${wish}`, expected, actual: value });
  const { minItems, maxItems, uniqueItems } = schema;
  const got = `got ${value.length}`;
  if (typeof minItems === 'number' && value.length < minItems)
    say('minItems', `have at least ${counted(minItems, 'item')}, ${got}`, minItems);
  if (typeof maxItems === 'number' && value.length > maxItems)
    say('maxItems', `have at most ${counted(maxItems, 'item')}, ${got}`, maxItems);
  if (uniqueItems === true) {
    const double = firstDouble(value);
    if (double !== null)
      say('uniqueItems', `not hold the same item twice; items ${double[0]} and ${double[1]} are equal`, true);
  }
  const positions = asSchemas(schema.prefixItems);
  for (const [index, position] of positions.entries()) {
    const item = value[index];
    if (item === undefined) break;
    evaluated.items.add(index);
    found.push(...explain(position, item, `${pointer}/${index}`));
  }
  const items = asSchema(schema.items);
  if (items !== undefined) {
    for (let index = positions.length; index < value.length; index++) {
      evaluated.items.add(index);
      found.push(...explain(items, value[index] ?? null, `${pointer}/${index}`));
    }
  }
  found.push(...explainContains(schema, value, pointer, evaluated, explain));
  const unevaluated = asSchema(schema.unevaluatedItems);
  if (unevaluated !== undefined) {
    for (const [index, item] of value.entries()) {
      if (!evaluated.items.has(index)) found.push(...explain(unevaluated, item, `${pointer}/${index}`));
      evaluated.items.add(index);
    }
  }
  return found;
}

function explainContains(
  schema: JsonObject,
  value: readonly Json[],
  pointer: string,
  evaluated: Evaluated,
  explain: Explain,
): SchemaViolation[] {
  const contains = asSchema(schema.contains);
  if (contains === undefined) return [];
  const fitting = [...value.keys()].filter((index) => explain(contains, value[index] ?? null, pointer).length === 0);
  for (const index of fitting) evaluated.items.add(index);
  const least = typeof schema.minContains === 'number' ? schema.minContains : 1;
  const most = typeof schema.maxContains === 'number' ? schema.maxContains : Number.POSITIVE_INFINITY;
  const place = placeName(pointer);
  if (fitting.length < least) {
    const message = `${place} must hold at least ${counted(least, 'item')} of the kind that "contains" asks for, got ${fitting.length}`;
    return [{ pointer, keyword: 'contains', message, expected: least, actual: value }];
  }
  if (fitting.length > most) {
    const message = `${place} must hold at most ${counted(most, 'item')} of the kind that "contains" asks for, got ${fitting.length}`;
    return [{ pointer, keyword: 'maxContains', message, expected: most, actual: value }];
  }
  return [];
}

function firstDouble(value: readonly Json[]): readonly [number, number] | null {
  const seen = new Map<string, number>();
  for (const [index, item] of value.entries()) {
    const key = jsonKey(item);
    const before = seen.get(key);
    if (before !== undefined) return [before, index];
    seen.set(key, index);
  }
  return null;
}
