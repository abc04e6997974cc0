import type { Json } from '../vocabulary/json.ts';
import type { Schema } from '../vocabulary/operation.ts';
import { asSchema, asSchemaMap, asSchemas } from './keywords.ts';

/** What a text on the wire can mean: in a query, a header or a path everything is a string, and only the schema says what it stands for. */
export function readingsOf(text: string): readonly Json[] {
  const readings: Json[] = [text];
  const trimmed = text.trim();
  if (/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(trimmed)) readings.push(Number(trimmed));
  if (/^(?:true|false)$/i.test(trimmed)) readings.push(trimmed.toLowerCase() === 'true');
  if (trimmed === '' || trimmed === 'null') readings.push(null);
  return readings;
}

/** The JSON types that a rewritten schema lets through at its top, as far as `type` says. */
function typesOf(schema: Schema, resolve: (ref: string) => Schema, depth = 0): ReadonlySet<string> | 'any' {
  if (typeof schema === 'boolean' || depth > 8) return 'any';
  if (schema.type !== undefined)
    return new Set(Array.isArray(schema.type) ? schema.type.map(String) : [String(schema.type)]);
  const parts = [...(typeof schema.$ref === 'string' ? [resolve(schema.$ref)] : []), ...asSchemas(schema.allOf)];
  for (const part of parts) {
    const types = typesOf(part, resolve, depth + 1);
    if (types !== 'any') return types;
  }
  const branches = [...asSchemas(schema.anyOf), ...asSchemas(schema.oneOf)];
  if (branches.length === 0) return 'any';
  const union = new Set<string>();
  for (const branch of branches) {
    const types = typesOf(branch, resolve, depth + 1);
    if (types === 'any') return 'any';
    for (const type of types) union.add(type);
  }
  return union;
}

/** Whether a text alone can be a value of a rewritten schema. */
export function admitsScalar(schema: Schema, resolve: (ref: string) => Schema): boolean {
  const types = typesOf(schema, resolve);
  return types === 'any' || [...types].some((type) => type !== 'object' && type !== 'array');
}

/**
 * The readings of a header's text, in the style `simple`: an array is parted by commas, an object is `name=value` or `name,value` pairs. JSON is
 * read as well, since several frameworks document `X-Pagination` and its like by the schema of the JSON that they put there.
 */
export function headerReadings(text: string, schema: Schema, resolve: (ref: string) => Schema): readonly Json[] {
  const types = typesOf(schema, resolve);
  const readings = [...readingsOf(text)];
  if (types === 'any') return readings;
  if (types.has('array') || types.has('object')) readings.push(...jsonReadings(text));
  const parts = text.trim() === '' ? [] : text.split(',').map((part) => part.trim());
  if (types.has('array')) readings.push(readItems(parts), parts);
  if (types.has('object')) {
    const pairs = parts.every((part) => part.includes('='))
      ? parts.map(splitPair)
      : parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1] ?? ''] as const] : []));
    const properties = propertiesOf(schema, resolve);
    readings.push(
      Object.fromEntries(
        pairs.map(([name, value]) => [
          name,
          properties.get(name)?.has('string') === true ? value : (readingsOf(value).at(-1) ?? value),
        ]),
      ),
    );
  }
  return readings;
}

const httpDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
const httpDateFields: ReadonlySet<string> = new Set(['date', 'last-modified', 'expires', 'retry-after', 'sunset']);

/** A date of HTTP as `date-time` and `date` write it: contracts ask for those formats in fields where HTTP allows no form but its own. */
export function httpDateReadings(name: string, text: string): readonly string[] {
  const time = httpDateFields.has(name.toLowerCase()) && httpDate.test(text.trim()) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) return [];
  const iso = new Date(time).toISOString();
  return [iso, iso.slice(0, 10)];
}

/** Whether a rewritten schema says that a body is bytes, be they of a type that could be read. */
export function describesBytes(schema: Schema, resolve: (ref: string) => Schema, depth = 0): boolean {
  if (typeof schema === 'boolean' || depth > 8) return false;
  const parts = [...(typeof schema.$ref === 'string' ? [resolve(schema.$ref)] : []), ...asSchemas(schema.allOf)];
  return schema.format === 'binary' || parts.some((part) => describesBytes(part, resolve, depth + 1));
}

function jsonReadings(text: string): readonly Json[] {
  if (!/^\s*[[{]/.test(text)) return [];
  try {
    return [JSON.parse(text) as Json];
  } catch {
    return [];
  }
}

function readItems(parts: readonly string[]): readonly Json[] {
  return parts.map((part) => readingsOf(part).at(-1) ?? part);
}

function splitPair(part: string): readonly [string, string] {
  const at = part.indexOf('=');
  return [part.slice(0, at), part.slice(at + 1)];
}

function propertiesOf(schema: Schema, resolve: (ref: string) => Schema): ReadonlyMap<string, ReadonlySet<string>> {
  const target = typeof schema !== 'boolean' && typeof schema.$ref === 'string' ? resolve(schema.$ref) : schema;
  if (typeof target === 'boolean') return new Map();
  const entries = Object.entries(asSchemaMap(target.properties)).map(([name, part]) => {
    const types = typesOf(asSchema(part) ?? true, resolve);
    return [name, types === 'any' ? new Set(['string']) : types] as const;
  });
  return new Map(entries);
}
