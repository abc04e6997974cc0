import { hiddenKeyword } from '../validate/directed.ts';
import { asSchema, asSchemaMap, asSchemas, asStrings, unsentKeyword } from '../validate/keywords.ts';
import { isJsonObject } from '../vocabulary/json.ts';
import type { Json, JsonObject } from '../vocabulary/json.ts';
import type { Schema } from '../vocabulary/operation.ts';
import { isContradictory } from './contradiction.ts';
import { anyFacet, jsonTypes } from './facet.ts';
import type { Facet, JsonType } from './facet.ts';
import { formatName } from './known-format.ts';
import { mergeFacets } from './merge.ts';

const mostFacets = 48;

/** The facets of a rewritten schema: a value of any one of them is valid, unless the facet is loose. Empty when no value can be. */
export function expand(schema: Schema, resolve: (ref: string) => Schema): readonly Facet[] {
  return expandAt(schema, resolve, 0);
}

function expandAt(schema: Schema, resolve: (ref: string) => Schema, depth: number): readonly Facet[] {
  if (schema === true) return [anyFacet];
  if (schema === false) return [];
  if (depth > 32) return [{ ...anyFacet, loose: true }];
  const facets = (part: Schema) => expandAt(part, resolve, depth + 1);
  let found: readonly Facet[] = [ownFacet(schema)];
  if (typeof schema.$ref === 'string') found = product(found, facets(resolve(schema.$ref)));
  for (const part of sent(schema.allOf)) found = product(found, facets(part));
  const anyOf = sent(schema.anyOf);
  if (anyOf.length > 0) found = product(found, interleave(anyOf.map(facets)));
  const oneOf = asSchemas(schema.oneOf);
  if (oneOf.length > 0)
    found = product(
      found,
      interleave(oneOf.map(facets)).map((facet) => (oneOf.length > 1 ? loosened(facet) : facet)),
    );
  const condition = asSchema(schema.if);
  if (condition !== undefined) {
    const then = facets(asSchema(schema.then) ?? true);
    const otherwise = product(negated(condition), facets(asSchema(schema.else) ?? true)).map(loosened);
    found = product(found, [...product(facets(condition), then).map(loosened), ...otherwise]);
  }
  const not = asSchema(schema.not);
  if (not !== undefined) found = product(found, negated(not).map(loosened));
  for (const [name, part] of Object.entries(asSchemaMap(schema.dependentSchemas))) {
    const without = { ...anyFacet, objects: [{ properties: { [name]: false }, patterns: [], additional: undefined }] };
    found = product(found, [...facets(part), without]);
  }
  return found;
}

function sent(schemas: Json | undefined): readonly Schema[] {
  return asSchemas(schemas).filter((schema) => typeof schema === 'boolean' || schema[unsentKeyword] !== true);
}

function loosened(facet: Facet): Facet {
  return facet.loose ? facet : { ...facet, loose: true };
}

function product(a: readonly Facet[], b: readonly Facet[]): readonly Facet[] {
  const out: Facet[] = [];
  for (const left of a) {
    for (const right of b) {
      const merged = mergeFacets(left, right);
      if (merged !== null) out.push(merged);
    }
  }
  if (out.length <= mostFacets) return out;
  // Evenly: the first ones are all of the same kind, and what comes later may rule out that very kind.
  const possible = out.filter((facet) => !isContradictory(facet));
  return possible.filter((_, index) => (index * mostFacets) % possible.length < mostFacets);
}

/** The first facet of each branch, then the second of each …, so that the limit on their number leaves no branch out before it must. */
function interleave(branches: readonly (readonly Facet[])[]): readonly Facet[] {
  const longest = Math.max(0, ...branches.map((branch) => branch.length));
  const rows = Array.from({ length: longest }, (_, row) =>
    branches.map((branch) => branch[row]).filter((facet) => facet !== undefined),
  );
  return rows.flat();
}

/** Facets that lead away from a schema, where its form tells how; what remains is left to testing. */
function negated(schema: Schema): readonly Facet[] {
  if (typeof schema === 'boolean') return schema ? [] : [anyFacet];
  const keys = Object.keys(schema).filter((key) => key !== hiddenKeyword);
  if (keys.length === 1 && schema.type !== undefined) {
    const types = typesOf(schema.type);
    return [{ ...anyFacet, types: new Set(jsonTypes.filter((type) => !types.has(type))), typed: true }];
  }
  const required = asStrings(schema.required);
  const absent = required.map((name) => ({
    ...anyFacet,
    objects: [{ properties: { [name]: false }, patterns: [], additional: undefined }],
  }));
  // `not: { properties: { kind: { const: "a" } } }`: any member may be the one that differs.
  const different = Object.entries(asSchemaMap(schema.properties)).map(([name, part]) => ({
    ...anyFacet,
    objects: [{ properties: { [name]: { not: part } }, patterns: [], additional: undefined }],
    required: [name],
  }));
  return [...absent, ...different, ...(absent.length + different.length === 0 ? [anyFacet] : [])];
}

function typesOf(type: Json): Set<JsonType> {
  const names = Array.isArray(type) ? type : [type];
  return new Set(jsonTypes.filter((name) => names.includes(name) || (name === 'number' && names.includes('integer'))));
}

/** Since 3.1 `contentEncoding` says what `format: byte` did. It asserts nothing, but a backend decodes what it is sent. */
function formatsOf({ format, contentEncoding }: JsonObject): readonly string[] {
  const told = format ?? (typeof contentEncoding === 'string' ? contentEncoding.toLowerCase() : undefined);
  if (typeof told !== 'string' || (format === undefined && !/^base64(?:url)?$/.test(told))) return [];
  return [formatName(told)];
}

function numberOr(value: Json | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function ownFacet(schema: JsonObject): Facet {
  const { type, multipleOf, pattern, contains } = schema;
  const types = type === undefined ? anyFacet.types : typesOf(type);
  const listed = Array.isArray(type) ? type : [type];
  const naming = asSchema(schema.propertyNames);
  const containing = asSchema(contains);
  const allowed = schema.const !== undefined ? [schema.const] : Array.isArray(schema.enum) ? schema.enum : null;
  const patterns = Object.entries(asSchemaMap(schema.patternProperties));
  const additional = asSchema(schema.additionalProperties);
  const positions = asSchemas(schema.prefixItems);
  const items = asSchema(schema.items);
  const speaksOfMembers = schema.properties !== undefined || patterns.length > 0 || additional !== undefined;
  return {
    types,
    typed: type !== undefined,
    integer: listed.includes('integer') && !listed.includes('number'),
    allowed,
    minimum: numberOr(schema.minimum, anyFacet.minimum),
    maximum: numberOr(schema.maximum, anyFacet.maximum),
    exclusiveMinimum: numberOr(schema.exclusiveMinimum, anyFacet.exclusiveMinimum),
    exclusiveMaximum: numberOr(schema.exclusiveMaximum, anyFacet.exclusiveMaximum),
    multiples: typeof multipleOf === 'number' ? [multipleOf] : [],
    formats: formatsOf(schema),
    minLength: numberOr(schema.minLength, 0),
    maxLength: numberOr(schema.maxLength, anyFacet.maxLength),
    patterns: typeof pattern === 'string' ? [pattern] : [],
    minItems: numberOr(schema.minItems, 0),
    maxItems: numberOr(schema.maxItems, anyFacet.maxItems),
    unique: schema.uniqueItems === true,
    arrays: positions.length > 0 || items !== undefined ? [{ positions, items }] : [],
    contains: containing === undefined ? [] : [{ schema: containing, least: numberOr(schema.minContains, 1) }],
    minProperties: numberOr(schema.minProperties, 0),
    maxProperties: numberOr(schema.maxProperties, anyFacet.maxProperties),
    objects: speaksOfMembers ? [{ properties: asSchemaMap(schema.properties), patterns, additional }] : [],
    required: asStrings(schema.required),
    naming: naming === undefined ? [] : [naming],
    dependent: isJsonObject(schema.dependentRequired)
      ? Object.entries(schema.dependentRequired).map(([name, others]) => [name, asStrings(others)] as const)
      : [],
    hidden: asStrings(schema[hiddenKeyword]),
    examples: [
      ...(Array.isArray(schema.examples) ? schema.examples : []),
      ...(schema.default === undefined ? [] : [schema.default]),
    ],
    closed: schema.unevaluatedProperties === false || schema.unevaluatedItems === false,
    loose:
      (schema.const !== undefined && schema.enum !== undefined) ||
      schema.maxContains !== undefined ||
      isJsonObject(schema.unevaluatedProperties) ||
      isJsonObject(schema.unevaluatedItems),
  };
}
