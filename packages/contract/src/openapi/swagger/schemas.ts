import { isJsonObject, type Json } from '../../vocabulary/json.ts';
import type { Standing } from './standing.ts';

const homes: readonly (readonly [from: string, to: string])[] = [
  ['#/definitions/', '#/components/schemas/'],
  ['#/parameters/', '#/components/parameters/'],
  ['#/responses/', '#/components/responses/'],
];
/** Members whose value is data rather than a schema. */
const data = ['default', 'example', 'enum', 'x-example', 'examples'];

/** A schema of 2.0 as 3.0 has it: other places behind `$ref`, `x-nullable`, `type: file`, and the discriminator as an object. */
export function upgradedSchema(schema: Json, standing: Standing, depth = 0): Json {
  if (depth > 400) return schema;
  if (Array.isArray(schema))
    return standing.as(
      schema,
      schema.map((item: Json) => upgradedSchema(item, standing, depth + 1)),
    );
  if (!isJsonObject(schema)) return schema;
  const made: Record<string, Json> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === '$ref' && typeof value === 'string') made[key] = moved(value);
    else if (key === 'x-nullable') made.nullable = value;
    else if (key === 'discriminator' && typeof value === 'string') made[key] = { propertyName: value };
    else if (data.includes(key)) made[key] = value;
    else if (key === 'properties') made[key] = standing.each(value, (one) => upgradedSchema(one, standing, depth + 1));
    else made[key] = upgradedSchema(value, standing, depth + 1);
  }
  if (schema['type'] === 'file') Object.assign(made, { type: 'string', format: 'binary' });
  return standing.as(schema, made);
}

function moved(reference: string): string {
  const home = homes.find(([from]) => reference.startsWith(from));
  return home === undefined ? reference : `${home[1]}${reference.slice(home[0].length)}`;
}
