import { jsonKey } from '../validate/json-key.ts';
import type { Json } from '../vocabulary/json.ts';
import { anyFacet } from './facet.ts';
import type { Facet } from './facet.ts';

/** The facet of the values that fit both, or null when no value can. */
export function mergeFacets(a: Facet, b: Facet): Facet | null {
  if (a === anyFacet) return b;
  if (b === anyFacet) return a;
  const types = new Set([...a.types].filter((type) => b.types.has(type)));
  const allowed = bothAllow(a.allowed, b.allowed);
  if (types.size === 0 || (allowed !== null && allowed.length === 0)) return null;
  return {
    types,
    typed: a.typed || b.typed,
    integer: a.integer || b.integer,
    allowed,
    minimum: Math.max(a.minimum, b.minimum),
    maximum: Math.min(a.maximum, b.maximum),
    exclusiveMinimum: Math.max(a.exclusiveMinimum, b.exclusiveMinimum),
    exclusiveMaximum: Math.min(a.exclusiveMaximum, b.exclusiveMaximum),
    multiples: union(a.multiples, b.multiples),
    formats: union(a.formats, b.formats),
    minLength: Math.max(a.minLength, b.minLength),
    maxLength: Math.min(a.maxLength, b.maxLength),
    patterns: union(a.patterns, b.patterns),
    minItems: Math.max(a.minItems, b.minItems),
    maxItems: Math.min(a.maxItems, b.maxItems),
    unique: a.unique || b.unique,
    arrays: union(a.arrays, b.arrays),
    contains: union(a.contains, b.contains),
    minProperties: Math.max(a.minProperties, b.minProperties),
    maxProperties: Math.min(a.maxProperties, b.maxProperties),
    objects: union(a.objects, b.objects),
    required: union(a.required, b.required),
    naming: union(a.naming, b.naming),
    dependent: union(a.dependent, b.dependent),
    hidden: union(a.hidden, b.hidden),
    examples: union(a.examples, b.examples),
    closed: a.closed || b.closed,
    loose: a.loose || b.loose,
  };
}

function union<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  return [...new Set([...a, ...b])];
}

function bothAllow(a: readonly Json[] | null, b: readonly Json[] | null): readonly Json[] | null {
  if (a === null) return b;
  if (b === null) return a;
  const keys = new Set(b.map(jsonKey));
  return a.filter((value) => keys.has(jsonKey(value)));
}
