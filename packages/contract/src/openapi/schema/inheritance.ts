import { isJsonObject, type Json, type JsonObject } from '../../vocabulary/json.ts';
import type { Schema } from '../../vocabulary/operation.ts';
import { unsentKeyword } from '../../validate/keywords.ts';
import { Lineage, listOf, nameIn } from './lineage.ts';

/** A kind of thing that a base can be, with the values of the discriminating property that say so. */
interface Kind {
  readonly name: string;
  readonly values: readonly Json[];
}

/** Of all bases together. Each is written out at its base; more than that no person has described. */
const mostKinds = 20_000;

/**
 * The specification's own example of a `discriminator`: `Pet` has one and lists nothing, `Cat` is all of `Pet` and more. Where `Pet` is asked for, a
 * `Cat` is meant: what says that it is a cat must be one, and whoever sends a pet has to say of which kind it is. Other kinds may exist that
 * the document does not tell of, so what names none of the known ones is judged as a `Pet` alone.
 * @param invent gives a free name for a new definition.
 */
export function withInheritance(
  definitions: ReadonlyMap<string, Schema>,
  invent: (proposed: string) => string,
): ReadonlyMap<string, Schema> {
  const lineage = new Lineage(definitions);
  let room = mostKinds;
  for (const [name, schema] of definitions) {
    if (!isJsonObject(schema) || schema.oneOf !== undefined || schema.anyOf !== undefined) continue;
    const property = isJsonObject(schema.discriminator) ? schema.discriminator.propertyName : undefined;
    const kinds = typeof property === 'string' ? kindsOf(name, schema, property, lineage) : [];
    room -= kinds.length;
    if (room < 0) break;
    if (typeof property === 'string' && kinds.length > 0)
      relate(lineage, name, property, kinds, invent(`${name}.base`));
  }
  return lineage.definitions;
}

/** As the mapping has them; without one, whatever is all of the base and more, under its own name. */
function kindsOf(base: string, schema: JsonObject, property: string, lineage: Lineage): readonly Kind[] {
  const { discriminator } = schema;
  const mapping = isJsonObject(discriminator) && isJsonObject(discriminator.mapping) ? discriminator.mapping : {};
  const byName = Map.groupBy(Object.entries(mapping), ([, ref]) => nameIn(ref));
  const named = [...byName].map(([name, entries]) => ({ name: name ?? base, values: entries.map(([value]) => value) }));
  const heirs = lineage.heirs(base).map((name) => ({ name, values: pinned(lineage.get(name), property) ?? [name] }));
  const allowed = pinned(schema, property);
  return (named.length > 0 ? named : heirs).flatMap(({ name, values }) => {
    const possible = values.filter((value) => allowed === null || allowed.includes(value));
    return name === base || possible.length === 0 ? [] : [{ name, values: possible }];
  });
}

function relate(definitions: Lineage, name: string, property: string, kinds: readonly Kind[], base: string): void {
  const schema = definitions.get(name);
  if (!isJsonObject(schema)) return;
  const { discriminator: _discriminator, ...alone } = schema;
  definitions.set(base, alone);
  const names = kinds.map((kind) => kind.name);
  for (const heir of new Set([...names, ...definitions.ancestors(names)])) {
    const own = definitions.get(heir);
    if (heir === name || !isJsonObject(own) || !Array.isArray(own.allOf)) continue;
    const allOf = own.allOf.map((part) =>
      isJsonObject(part) && nameIn(part.$ref) === name ? { ...part, $ref: ref(base) } : part,
    );
    definitions.set(heir, { ...own, allOf });
  }
  // A kind in between may be abstract: unless it is named, only the last of a line are sent.
  const parents = definitions.ancestors(names);
  for (const kind of kinds.filter(({ name: leaf }) => !parents.has(leaf))) {
    const own = definitions.get(kind.name);
    if (!isJsonObject(own) || pinned(own, property) !== null) continue;
    definitions.set(kind.name, {
      ...own,
      allOf: [...listOf(own.allOf), { anyOf: [saying(property, kind), anyOther] }],
    });
  }
  const isMapped = isJsonObject(schema.discriminator) && schema.discriminator.mapping !== undefined;
  const sent = kinds.filter((kind) => isMapped || !parents.has(kind.name));
  definitions.set(name, {
    ...schema,
    allOf: [...listOf(schema.allOf), ...kinds.map((kind) => judged(property, kind))],
    anyOf: [...sent.map((kind) => ({ allOf: [{ $ref: ref(kind.name) }, saying(property, kind)] })), anyOther],
  });
}

/** Lets everything through, and nothing is made by it. */
const anyOther: JsonObject = { [unsentKeyword]: true };

function saying(property: string, { values }: Kind): JsonObject {
  return { properties: { [property]: { enum: values } }, required: [property] };
}

function judged(property: string, kind: Kind): JsonObject {
  return {
    [unsentKeyword]: true,
    if: { type: 'object', ...saying(property, kind) },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    then: { $ref: ref(kind.name) },
  };
}

/** The values that a schema itself, or a part written into it, allows a property; null when it says nothing of them. */
function pinned(schema: Json | undefined, property: string): readonly Json[] | null {
  if (!isJsonObject(schema)) return null;
  const own = isJsonObject(schema.properties) ? schema.properties[property] : undefined;
  if (isJsonObject(own) && own.const !== undefined) return [own.const];
  if (isJsonObject(own) && Array.isArray(own.enum)) return own.enum;
  for (const part of listOf(schema.allOf)) {
    const found = pinned(part, property);
    if (found !== null) return found;
  }
  return null;
}

function ref(name: string): string {
  return `#/$defs/${name}`;
}
