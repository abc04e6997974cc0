import type { Json } from '../vocabulary/json.ts';
import type { Schema } from '../vocabulary/operation.ts';

export const jsonTypes = ['string', 'number', 'boolean', 'object', 'array', 'null'] as const;
export type JsonType = (typeof jsonTypes)[number];

/** What one schema says about the members of an object. Every rule of a facet holds for every member. */
interface ObjectRule {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly patterns: readonly (readonly [pattern: string, schema: Schema])[];
  readonly additional: Schema | undefined;
}

/** What one schema says about the items of an array. */
interface ArrayRule {
  readonly positions: readonly Schema[];
  readonly items: Schema | undefined;
}

interface ContainsRule {
  readonly schema: Schema;
  readonly least: number;
}

/**
 * One way in which a value can be valid, with all that `$ref`, `allOf` and a choice of branches say merged into one set of constraints. A
 * schema is the union of its facets; a value made from a facet is valid by construction unless the facet is `loose`.
 */
export interface Facet {
  readonly types: ReadonlySet<JsonType>;
  /** True when `type` was stated somewhere. */
  readonly typed: boolean;
  readonly integer: boolean;
  readonly allowed: readonly Json[] | null;
  readonly minimum: number;
  readonly maximum: number;
  readonly exclusiveMinimum: number;
  readonly exclusiveMaximum: number;
  readonly multiples: readonly number[];
  readonly formats: readonly string[];
  readonly minLength: number;
  readonly maxLength: number;
  readonly patterns: readonly string[];
  readonly minItems: number;
  readonly maxItems: number;
  readonly unique: boolean;
  readonly arrays: readonly ArrayRule[];
  readonly contains: readonly ContainsRule[];
  readonly minProperties: number;
  readonly maxProperties: number;
  readonly objects: readonly ObjectRule[];
  readonly required: readonly string[];
  readonly naming: readonly Schema[];
  readonly dependent: readonly (readonly [name: string, others: readonly string[]])[];
  readonly hidden: readonly string[];
  readonly examples: readonly Json[];
  /** No members or items beyond those spoken of (`unevaluatedProperties: false`). */
  readonly closed: boolean;
  /** Something is not built in (`not`, `oneOf`, several patterns …): each value must be tested. */
  readonly loose: boolean;
}

export const anyFacet: Facet = {
  types: new Set(jsonTypes),
  typed: false,
  integer: false,
  allowed: null,
  minimum: Number.NEGATIVE_INFINITY,
  maximum: Number.POSITIVE_INFINITY,
  exclusiveMinimum: Number.NEGATIVE_INFINITY,
  exclusiveMaximum: Number.POSITIVE_INFINITY,
  multiples: [],
  formats: [],
  minLength: 0,
  maxLength: Number.POSITIVE_INFINITY,
  patterns: [],
  minItems: 0,
  maxItems: Number.POSITIVE_INFINITY,
  unique: false,
  arrays: [],
  contains: [],
  minProperties: 0,
  maxProperties: Number.POSITIVE_INFINITY,
  objects: [],
  required: [],
  naming: [],
  dependent: [],
  hidden: [],
  examples: [],
  closed: false,
  loose: false,
};
