import type { Contract, Schema } from '../vocabulary/operation.ts';
import { lookUp } from './definitions.ts';
import { asSchemaMap, asSchemas, inPlaceLists } from './keywords.ts';
import { compilePattern } from './pattern.ts';

/** Which members the parts of a schema speak of, and which of them an `additionalProperties: false` lets through. */
interface Spoken {
  readonly names: Set<string>;
  readonly closed: ((name: string) => boolean)[];
}

/**
 * Whether a schema is put together of parts of which one, by its `additionalProperties: false`, forbids what another describes. By the letter
 * no object fits; authors mean that there is nothing but what all parts together describe.
 */
export function joinsClosedParts(contract: Contract, schema: Schema): boolean {
  if (
    typeof schema === 'boolean' ||
    (schema.$ref === undefined && inPlaceLists.every((key) => schema[key] === undefined))
  )
    return false;
  const { $ref, allOf, anyOf, oneOf, ...own } = schema;
  const parts: readonly (readonly Schema[])[] = [
    [own],
    ...(typeof $ref === 'string' ? [[{ $ref }]] : []),
    ...asSchemas(allOf).map((part) => [part]),
    asSchemas(anyOf),
    asSchemas(oneOf),
  ];
  const spoken = parts.map((branches) => spokenBy(contract, branches));
  return spoken.some(({ closed }, index) =>
    closed.some((lets) => spoken.some(({ names }, other) => other !== index && [...names].some((name) => !lets(name)))),
  );
}

function spokenBy(contract: Contract, schemas: readonly Schema[]): Spoken {
  const spoken: Spoken = { names: new Set(), closed: [] };
  const seen = new Set<string>();
  const waiting = [...schemas];
  for (let schema = waiting.pop(); schema !== undefined; schema = waiting.pop()) {
    if (typeof schema === 'boolean') continue;
    const own = new Set(Object.keys(asSchemaMap(schema.properties)));
    for (const name of own) spoken.names.add(name);
    if (schema.additionalProperties === false) {
      const patterns = Object.keys(asSchemaMap(schema.patternProperties)).map(compilePattern);
      spoken.closed.push((name) => own.has(name) || patterns.some((pattern) => pattern?.test(name) === true));
    }
    for (const keyword of inPlaceLists) waiting.push(...asSchemas(schema[keyword]));
    const target = typeof schema.$ref === 'string' ? lookUp(contract, schema.$ref) : undefined;
    if (target !== undefined && !seen.has(target.name)) {
      seen.add(target.name);
      waiting.push(target.schema);
    }
  }
  return spoken;
}
