import { isJsonObject } from '../vocabulary/json.ts';
import type { Json, JsonObject } from '../vocabulary/json.ts';
import type { Contract, Schema } from '../vocabulary/operation.ts';
import { joinsClosedParts } from './closed-parts.ts';
import { endlessReferences, lookUp } from './definitions.ts';
import { discriminatedBranches } from './discriminator.ts';
import {
  asSchema,
  asSchemaMap,
  asSchemas,
  asStrings,
  childMaps,
  childSchemas,
  inPlaceSchemas,
  plainKeywords,
} from './keywords.ts';

export type Direction = 'request' | 'response';

/** A rewritten schema lists under this the properties that do not travel in its direction. */
export const hiddenKeyword = 'x-assay-hidden';

/**
 * A contract's schemas as they hold in one direction. Rewritten schemas have only known, well-formed keywords; `required` no longer names what
 * is readOnly (in requests) or writeOnly (in responses); discriminators are plain `enum`s; references are opaque and never dangle or
 * run in circles in place. The validator, its explanations and the generators all read these.
 */
export interface DirectedSchemas {
  rewrite(schema: Schema): Schema;
  /** What a rewritten schema's `$ref` means. */
  resolve(ref: string): Schema;
  /** Every reference there is so far. */
  references(): ReadonlyMap<string, Schema>;
}

interface Place {
  /** The definition being rewritten, while no step into a part of the value was made. */
  readonly owner: string | null;
  readonly hidden: ReadonlySet<string>;
  /** One of several parts that are closed together: what there is besides all of them, the schema around them forbids. */
  readonly isPart: boolean;
  /** Under `not` or `if`, where what is wider is narrower: everything is read by the letter. */
  readonly isStrict: boolean;
}

const freshPlace: Place = { owner: null, hidden: new Set(), isPart: false, isStrict: false };

export function directSchemas(contract: Contract, direction: Direction): DirectedSchemas {
  const mark = direction === 'request' ? 'readOnly' : 'writeOnly';
  const endless = endlessReferences(contract);
  const refs = new Map<string, string>();
  const schemas = new Map<string, Schema>();
  const rewritten = new WeakMap<JsonObject, Schema>();

  const isMarked = (schema: Schema, depth: number): boolean => {
    if (typeof schema === 'boolean' || depth > 8) return false;
    if (schema[mark] === true) return true;
    const target = typeof schema.$ref === 'string' ? lookUp(contract, schema.$ref) : undefined;
    return (
      (target !== undefined && isMarked(target.schema, depth + 1)) ||
      asSchemas(schema.allOf).some((part) => isMarked(part, depth + 1))
    );
  };

  const hiddenNames = (schema: Schema, into: Set<string>, depth = 0): Set<string> => {
    if (typeof schema === 'boolean' || depth > 8) return into;
    for (const [name, property] of Object.entries(asSchemaMap(schema.properties)))
      if (isMarked(property, 0)) into.add(name);
    const target = typeof schema.$ref === 'string' ? lookUp(contract, schema.$ref) : undefined;
    if (target !== undefined) hiddenNames(target.schema, into, depth + 1);
    for (const part of asSchemas(schema.allOf)) hiddenNames(part, into, depth + 1);
    return into;
  };

  const reference = (ref: string, place: Place): Schema => {
    const target = lookUp(contract, ref);
    if (target === undefined || (place.owner !== null && endless.has(`${place.owner}\n${target.name}`))) return true;
    const own = hiddenNames(target.schema, new Set());
    // What the surroundings hide goes along, so that `required` inside the definition does not ask for it.
    const extra = [...place.hidden].filter((name) => !own.has(name)).sort();
    const { isPart, isStrict } = place;
    const key = JSON.stringify([target.name, isPart, isStrict, ...extra]);
    const known = refs.get(key);
    if (known !== undefined) return { $ref: known };
    const fresh = `assay:/d/${refs.size}`;
    refs.set(key, fresh);
    schemas.set(fresh, true);
    schemas.set(fresh, rewriteAt(target.schema, { owner: target.name, hidden: new Set(extra), isPart, isStrict }));
    return { $ref: fresh };
  };

  const rewriteAt = (schema: Schema, place: Place): Schema => {
    if (typeof schema === 'boolean') return schema;
    const hidden = hiddenNames(schema, new Set(place.hidden));
    const isJoined = place.isPart || (!place.isStrict && joinsClosedParts(contract, schema));
    const inner: Place = { ...place, hidden, isPart: false };
    const fresh: Place = { ...freshPlace, isStrict: place.isStrict };
    const joined: Place = { ...inner, isPart: isJoined };
    const out: Record<string, Json> = {};
    for (const [keyword, value] of Object.entries(schema)) {
      if (Object.hasOwn(plainKeywords, keyword) && plainKeywords[keyword]?.(value) === true) out[keyword] = value;
    }
    if (typeof schema.$ref === 'string') {
      const target = reference(schema.$ref, joined);
      if (isJsonObject(target) && target.$ref !== undefined) out.$ref = target.$ref;
    }
    for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) {
      const parts = asSchemas(schema[keyword]);
      const branches = keyword === 'allOf' ? parts : discriminatedBranches(contract, schema, parts);
      if (branches.length > 0) out[keyword] = branches.map((part) => rewriteAt(part, joined));
    }
    if (direction === 'response' && !place.isStrict) withoutOnlyOne(out);
    for (const keyword of inPlaceSchemas) {
      const part = asSchema(schema[keyword]);
      if (part !== undefined && (keyword === 'if' || schema.if !== undefined))
        out[keyword] = rewriteAt(part, { ...inner, isStrict: inner.isStrict || keyword === 'if' });
    }
    const not = asSchema(schema.not);
    if (not !== undefined) out.not = rewriteAt(not, { ...freshPlace, owner: place.owner, isStrict: true });
    for (const keyword of childSchemas) {
      const part = asSchema(schema[keyword]);
      if (part !== undefined && !(isJoined && keyword === 'additionalProperties' && part === false))
        out[keyword] = rewriteAt(part, fresh);
    }
    if (isJoined && !place.isPart) out.unevaluatedProperties ??= false;
    const positions = asSchemas(Array.isArray(schema.items) ? schema.items : schema.prefixItems);
    if (positions.length > 0) out.prefixItems = positions.map((part) => rewriteAt(part, fresh));
    for (const keyword of childMaps) {
      const parts = Object.entries(asSchemaMap(schema[keyword])).filter(
        ([name]) => keyword === 'properties' || plainKeywords.pattern?.(name),
      );
      if (parts.length > 0)
        out[keyword] = Object.fromEntries(parts.map(([name, part]) => [name, rewriteAt(part, fresh)]));
    }
    const required = [...new Set(asStrings(schema.required))].filter((name) => !hidden.has(name));
    if (required.length > 0) out.required = required;
    dependencies(schema, inner, out);
    if (hidden.size > 0) out[hiddenKeyword] = [...hidden].sort();
    return out;
  };

  const dependencies = (schema: JsonObject, place: Place, out: Record<string, Json>): void => {
    if (isJsonObject(schema.dependentRequired)) {
      const lists = Object.entries(schema.dependentRequired).map(
        ([name, list]) => [name, asStrings(list).filter((other) => !place.hidden.has(other))] as const,
      );
      out.dependentRequired = Object.fromEntries(lists);
    }
    const parts = Object.entries(asSchemaMap(schema.dependentSchemas));
    if (parts.length > 0)
      out.dependentSchemas = Object.fromEntries(parts.map(([name, part]) => [name, rewriteAt(part, place)]));
  };

  return {
    rewrite(schema) {
      if (typeof schema === 'boolean') return schema;
      const known = rewritten.get(schema);
      if (known !== undefined) return known;
      const result = rewriteAt(schema, freshPlace);
      rewritten.set(schema, result);
      return result;
    },
    resolve: (ref) => schemas.get(ref) ?? true,
    references: () => schemas,
  };
}

/**
 * Whoever describes an answer as one of a parent and its children, as generators do, does not mind that a child fits the parent, too. Only a
 * request has to say which it is.
 */
function withoutOnlyOne(out: Record<string, Json>): void {
  const { oneOf, anyOf } = out;
  if (oneOf === undefined) return;
  delete out.oneOf;
  if (anyOf === undefined) out.anyOf = oneOf;
  else out.allOf = [...(Array.isArray(out.allOf) ? out.allOf : []), { anyOf: oneOf }];
}
