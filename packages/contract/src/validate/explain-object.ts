import type { Json, JsonObject } from '../vocabulary/json.ts';
import { isJsonObject } from '../vocabulary/json.ts';
import type { Evaluated, Explain } from './explain.ts';
import { asSchema, asSchemaMap, asStrings } from './keywords.ts';
import { compilePattern } from './pattern.ts';
import { pointerToken } from './violation.ts';
import type { SchemaViolation } from './violation.ts';
import { counted, placeName, shown } from './wording.ts';

export function explainObject(
  schema: JsonObject,
  value: JsonObject,
  pointer: string,
  evaluated: Evaluated,
  explain: Explain,
): SchemaViolation[] {
  const found: SchemaViolation[] = [];
  const names = Object.keys(value);
  const place = placeName(pointer);
  const at = (name: string) => `${pointer}/${pointerToken(name)}`;
  const part = (name: string): Json => value[name] ?? null;
  const missing = (name: string, why: string) =>
    found.push({
      pointer,
      keyword: why === '' ? 'required' : 'dependentRequired',
      message: `${place} must have the property ${shown(name)}${why}`,
      expected: name,
      actual: null,
    });

  for (const name of asStrings(schema.required)) if (!Object.hasOwn(value, name)) missing(name, '');
  if (isJsonObject(schema.dependentRequired)) {
    for (const [name, others] of Object.entries(schema.dependentRequired)) {
      if (!Object.hasOwn(value, name)) continue;
      for (const other of asStrings(others))
        if (!Object.hasOwn(value, other)) missing(other, ` when it has ${shown(name)}`);
    }
  }
  const count = (keyword: 'minProperties' | 'maxProperties', wish: string, limit: number) => {
    const message = `${place} must have ${wish} ${counted(limit, 'property', 'properties')}, got ${names.length}`;
    found.push({ pointer, keyword, message, expected: limit, actual: names.length });
  };
  const { minProperties, maxProperties } = schema;
  if (typeof minProperties === 'number' && names.length < minProperties)
    count('minProperties', 'at least', minProperties);
  if (typeof maxProperties === 'number' && names.length > maxProperties)
    count('maxProperties', 'at most', maxProperties);

  const naming = asSchema(schema.propertyNames);
  if (naming !== undefined) {
    for (const name of names) {
      const [first] = explain(naming, name, pointer);
      if (first === undefined) continue;
      const message = `${place} must not have a property named ${shown(name)} (${first.message.replace(place, 'the name')})`;
      found.push({ pointer, keyword: 'propertyNames', message, expected: naming, actual: name });
    }
  }

  const properties = asSchemaMap(schema.properties);
  const patterns = Object.entries(asSchemaMap(schema.patternProperties)).map(
    ([pattern, inner]) => [compilePattern(pattern), inner] as const,
  );
  const additional = asSchema(schema.additionalProperties);
  for (const name of names) {
    let known = false;
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (own !== undefined) {
      known = true;
      found.push(...explain(own, part(name), at(name)));
    }
    for (const [pattern, inner] of patterns) {
      if (pattern?.test(name) !== true) continue;
      known = true;
      found.push(...explain(inner, part(name), at(name)));
    }
    if (!known && additional !== undefined) {
      known = true;
      found.push(...unknown(additional, 'additionalProperties', name));
    }
    if (known) evaluated.names.add(name);
  }
  const unevaluated = asSchema(schema.unevaluatedProperties);
  if (unevaluated !== undefined) {
    for (const name of names) {
      if (!evaluated.names.has(name)) found.push(...unknown(unevaluated, 'unevaluatedProperties', name));
      evaluated.names.add(name);
    }
  }
  return found;

  function unknown(inner: boolean | JsonObject, keyword: string, name: string): SchemaViolation[] {
    if (inner !== false) return explain(inner, part(name), at(name));
    return [
      {
        pointer,
        keyword,
        message: `${place} must not have the property ${shown(name)}`,
        expected: false,
        actual: name,
      },
    ];
  }
}
