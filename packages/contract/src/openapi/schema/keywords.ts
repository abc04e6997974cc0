/**
 * Every keyword of a schema that is kept, with the form its value must have. Subschemas are read in their own right; the keywords marked
 * `special` have a file of their own, or a line in `schema-reader.ts`.
 */
export const keywords: Readonly<Record<string, KeywordForm>> = {
  $ref: 'special',
  $dynamicRef: 'special',
  $recursiveRef: 'special',
  type: 'special',
  nullable: 'special',
  enum: 'special',
  const: 'any',
  default: 'any',
  example: 'special',
  examples: 'special',
  discriminator: 'special',
  required: 'special',
  pattern: 'special',
  format: 'text',
  title: 'text',
  description: 'text',
  contentMediaType: 'text',
  contentEncoding: 'text',
  readOnly: 'flag',
  writeOnly: 'flag',
  deprecated: 'flag',
  uniqueItems: 'flag',
  xml: 'any',
  minimum: 'number',
  maximum: 'number',
  exclusiveMinimum: 'special',
  exclusiveMaximum: 'special',
  multipleOf: 'positive',
  minLength: 'count',
  maxLength: 'count',
  minItems: 'count',
  maxItems: 'count',
  minContains: 'count',
  maxContains: 'count',
  minProperties: 'count',
  maxProperties: 'count',
  items: 'special',
  additionalItems: 'special',
  dependencies: 'special',
  dependentRequired: 'any',
  properties: 'special',
  patternProperties: 'schemas-by-name',
  dependentSchemas: 'schemas-by-name',
  prefixItems: 'schemas',
  allOf: 'schemas',
  anyOf: 'schemas',
  oneOf: 'schemas',
  additionalProperties: 'schema',
  unevaluatedProperties: 'schema',
  unevaluatedItems: 'schema',
  contains: 'schema',
  propertyNames: 'schema',
  not: 'schema',
  if: 'schema',
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
  then: 'schema',
  else: 'schema',
  contentSchema: 'schema',
};

export type KeywordForm =
  | 'special'
  | 'any'
  | 'text'
  | 'flag'
  | 'number'
  | 'positive'
  | 'count'
  | 'schema'
  | 'schemas'
  | 'schemas-by-name';

export function formOf(keyword: string): KeywordForm | null {
  return Object.hasOwn(keywords, keyword) ? (keywords[keyword] ?? null) : null;
}

/** Keywords that mean something elsewhere, so that they are no misspelling of another; they are left out without a word. */
export const knownElsewhere: ReadonlySet<string> = new Set([
  '$id',
  'id',
  '$schema',
  '$anchor',
  '$dynamicAnchor',
  '$recursiveAnchor',
  '$comment',
  '$vocabulary',
  '$defs',
  'definitions',
  'externalDocs',
  'in',
  'name',
  'style',
  'explode',
  'content',
  'schema',
  'collectionFormat',
  'optional',
]);
