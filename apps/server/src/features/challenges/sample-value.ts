import { type Contract, isJsonObject, type Json, type Schema } from '@assay/contract';

const deepest = 6;

const byFormat: Readonly<Record<string, string>> = {
  'date-time': '2026-03-01T09:30:00Z',
  date: '2026-03-01',
  time: '09:30:00Z',
  email: 'ada@example.org',
  uuid: '0191f2c4-7b1a-7c3e-9a55-1f2e3d4c5b6a',
  uri: 'https://example.org/',
};

/** A value that shows what a schema means: its own examples where it has some, else something plain. Not held against the schema. */
export function sampleValue(contract: Contract, schema: Schema, depth = 0): Json {
  if (typeof schema === 'boolean' || depth > deepest) return null;
  const ref = schema['$ref'];
  if (typeof ref === 'string') {
    const target =
      contract.definitions[
        decodeURIComponent(ref.slice('#/$defs/'.length)).replaceAll('~1', '/').replaceAll('~0', '~')
      ];
    return target === undefined ? null : sampleValue(contract, target, depth + 1);
  }
  for (const key of ['const', 'default'] as const) if (schema[key] !== undefined) return schema[key];
  for (const key of ['examples', 'enum'] as const) {
    const list = schema[key];
    if (Array.isArray(list) && list[0] !== undefined) return list[0];
  }
  for (const key of ['oneOf', 'anyOf'] as const) {
    const [first] = asSchemas(schema[key]);
    if (first !== undefined) return sampleValue(contract, first, depth + 1);
  }
  const all = asSchemas(schema['allOf']);
  if (all.length > 0) {
    const parts = [{ ...schema, allOf: [] }, ...all].map((part) => sampleValue(contract, part, depth + 1));
    return Object.assign({}, ...parts.filter(isJsonObject)) as Json;
  }
  return sampleOfType(contract, schema, depth);
}

function sampleOfType(contract: Contract, schema: Exclude<Schema, boolean>, depth: number): Json {
  const type: unknown = Array.isArray(schema['type']) ? schema['type'].find((one) => one !== 'null') : schema['type'];
  switch (type) {
    case 'string':
      return byFormat[String(schema['format'])] ?? 'text';
    case 'integer':
    case 'number':
      return typeof schema['minimum'] === 'number' ? schema['minimum'] : 1;
    case 'boolean':
      return true;
    case 'array':
      return schema['items'] === undefined ? [] : [sampleValue(contract, asSchema(schema['items']), depth + 1)];
    case 'null':
      return null;
    default:
      break;
  }
  const { properties } = schema;
  if (!isJsonObject(properties)) return type === 'object' ? {} : null;
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name, sampleValue(contract, asSchema(value), depth + 1)]),
  );
}

function asSchema(value: Json): Schema {
  return typeof value === 'boolean' || isJsonObject(value) ? value : true;
}

function asSchemas(value: Json | undefined): readonly Schema[] {
  return Array.isArray(value) ? value.map(asSchema) : [];
}
