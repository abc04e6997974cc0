import { isJsonObject, type Json, type JsonObject } from '../../vocabulary/json.ts';
import type { Schema } from '../../vocabulary/operation.ts';

/** Keywords whose subschemas judge the same value as the schema around them. A circle of references through these never ends. */
const inPlace = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas'] as const;

/**
 * Cuts circles of definitions that describe one and the same value. The common one is inheritance written in both directions: `Pet` is
 * one of `Cat` and `Dog`, and `Cat` is all of `Pet` and more. There the child gets the parent without its list of children; any other
 * circle has no meaning, and one reference in it is taken out.
 * @param invent gives a free name for a new definition.
 * @param meaningless is told the definition that stood in such a circle.
 */
export function cutCircles(
  definitions: ReadonlyMap<string, Schema>,
  invent: (proposed: string) => string,
  meaningless: (name: string) => void,
): ReadonlyMap<string, Schema> {
  const result = new Map(definitions);
  const bases = new Map<string, string>();
  for (const [name, schema] of definitions) {
    if (!isJsonObject(schema) || !Array.isArray(schema.allOf)) continue;
    const allOf = schema.allOf.map((branch) => {
      const parent = targetOf(branch);
      if (parent === null || !isOneOfItsChildren(parent, name, definitions)) return branch;
      const base = bases.get(parent) ?? invent(`${parent}.base`);
      bases.set(parent, base);
      return { ...(isJsonObject(branch) ? branch : {}), $ref: `#/$defs/${base}` };
    });
    result.set(name, { ...schema, allOf });
  }
  for (const [parent, base] of bases) result.set(base, withoutChildren(result.get(parent)));
  cutTheRest(result, meaningless);
  return result;
}

function targetOf(schema: Json | undefined): string | null {
  return isJsonObject(schema) && typeof schema.$ref === 'string' ? schema.$ref.slice('#/$defs/'.length) : null;
}

function isOneOfItsChildren(parent: string, child: string, definitions: ReadonlyMap<string, Schema>): boolean {
  const seen = new Set<string>();
  const reaches = (name: string): boolean => {
    if (seen.has(name)) return false;
    seen.add(name);
    const schema = definitions.get(name);
    if (!isJsonObject(schema)) return false;
    const children = [...listOf(schema.oneOf), ...listOf(schema.anyOf)].map(targetOf);
    return children.some((target) => target !== null && (target === child || reaches(target)));
  };
  return reaches(parent);
}

function withoutChildren(schema: Schema | undefined): Schema {
  if (!isJsonObject(schema)) return true;
  const { oneOf: _oneOf, anyOf: _anyOf, discriminator: _discriminator, ...base } = schema;
  return base;
}

function cutTheRest(definitions: Map<string, Schema>, meaningless: (name: string) => void): void {
  const done = new Set<string>();
  const open = new Set<string>();
  const visit = (name: string): void => {
    const schema = definitions.get(name);
    if (schema === undefined || done.has(name)) return;
    open.add(name);
    for (const target of targetsInPlace(schema)) {
      if (!open.has(target)) visit(target);
      if (!open.has(target)) continue;
      meaningless(name);
      definitions.set(name, withoutTarget(definitions.get(name) ?? true, target));
    }
    open.delete(name);
    done.add(name);
  };
  for (const name of definitions.keys()) visit(name);
}

function targetsInPlace(schema: Json): readonly string[] {
  if (!isJsonObject(schema)) return [];
  const own = targetOf(schema);
  return [...(own === null ? [] : [own]), ...branches(schema).flatMap(targetsInPlace)];
}

function branches(schema: JsonObject): readonly Json[] {
  return inPlace.flatMap((keyword) => {
    const value = schema[keyword];
    if (value === undefined) return [];
    if (keyword === 'dependentSchemas') return isJsonObject(value) ? Object.values(value) : [];
    return Array.isArray(value) ? listOf(value) : [value];
  });
}

function withoutTarget(schema: Schema, target: string): Schema {
  if (!isJsonObject(schema)) return schema;
  const draft: Record<string, Json> = { ...schema };
  if (targetOf(schema) === target) delete draft.$ref;
  for (const keyword of inPlace) {
    const value = draft[keyword];
    if (Array.isArray(value)) draft[keyword] = listOf(value).map((branch) => cutBranch(branch, target));
    else if (keyword === 'dependentSchemas' && isJsonObject(value)) {
      draft[keyword] = Object.fromEntries(
        Object.entries(value).map(([key, branch]) => [key, cutBranch(branch, target)]),
      );
    } else if (isJsonObject(value)) draft[keyword] = cutBranch(value, target);
  }
  return draft;
}

function cutBranch(branch: Json, target: string): Json {
  return isJsonObject(branch) ? withoutTarget(branch, target) : branch;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
