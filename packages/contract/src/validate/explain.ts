import { isJsonObject } from '../vocabulary/json.ts';
import type { Json, JsonObject } from '../vocabulary/json.ts';
import type { Schema } from '../vocabulary/operation.ts';
import { explainArray } from './explain-array.ts';
import { explainObject } from './explain-object.ts';
import { explainNumber, explainString, explainType, explainValue } from './explain-scalar.ts';
import { closestBranch, mostTellingFirst } from './closeness.ts';
import { asSchema, asSchemaMap, asSchemas } from './keywords.ts';
import type { SchemaViolation } from './violation.ts';
import { counted, placeName } from './wording.ts';

/** The members and items that some schema has spoken about, for `unevaluatedProperties` and `unevaluatedItems`. */
export interface Evaluated {
  readonly names: Set<string>;
  readonly items: Set<number>;
}

/** Judges a part of a value; given to the explainers of arrays and objects. */
export type Explain = (schema: Schema, value: Json, pointer: string) => SchemaViolation[];

const mostViolations = 200;

/**
 * Every way in which a value is not what a rewritten schema says, the deepest and most telling first. Ajv decides whether a value is valid;
 * this says why it is not, where Ajv's own errors mix the branches of a oneOf and know nothing of closeness.
 */
export function explain(resolve: (ref: string) => Schema, schema: Schema, value: Json): readonly SchemaViolation[] {
  const inner = (part: Schema, partValue: Json, pointer: string) => visit(part, partValue, pointer, nothing());

  const visit = (part: Schema, partValue: Json, pointer: string, evaluated: Evaluated): SchemaViolation[] => {
    if (part === true) return [];
    if (part === false)
      return [
        {
          pointer,
          keyword: 'false',
          message: `${placeName(pointer)} must not be there`,
          expected: null,
          actual: partValue,
        },
      ];
    const found = [...explainType(part, partValue, pointer)];
    // A value of the wrong type is wrong enough: the bounds of its right type say nothing more.
    if (found.length === 0) found.push(...explainValue(part, partValue, pointer));
    if (typeof partValue === 'string') found.push(...explainString(part, partValue, pointer));
    if (typeof partValue === 'number') found.push(...explainNumber(part, partValue, pointer));
    found.push(...explainCombined(part, partValue, pointer, evaluated));
    if (Array.isArray(partValue)) found.push(...explainArray(part, partValue, pointer, evaluated, inner));
    else if (isJsonObject(partValue)) found.push(...explainObject(part, partValue, pointer, evaluated, inner));
    return found.slice(0, mostViolations);
  };

  const explainCombined = (
    part: JsonObject,
    partValue: Json,
    pointer: string,
    evaluated: Evaluated,
  ): SchemaViolation[] => {
    const found: SchemaViolation[] = [];
    /** Judges a schema that speaks about the same value; what it has evaluated counts only when the value passes it. */
    const attempt = (branch: Schema) => {
      const seen = nothing();
      const violations = visit(branch, partValue, pointer, seen);
      return { violations, adopt: () => merge(evaluated, seen) };
    };
    const must = (branch: Schema) => {
      const { violations, adopt } = attempt(branch);
      // What is wrong about a member is told already: that nothing speaks of it would be told besides.
      adopt();
      found.push(...violations);
    };
    if (typeof part.$ref === 'string') must(resolve(part.$ref));
    for (const branch of asSchemas(part.allOf)) must(branch);
    const anyOf = asSchemas(part.anyOf).map(attempt);
    for (const { violations, adopt } of anyOf) if (violations.length === 0) adopt();
    if (anyOf.length > 0 && !anyOf.some(({ violations }) => violations.length === 0)) {
      found.push(
        ...closestBranch(
          'anyOf',
          anyOf.map(({ violations }) => violations),
          pointer,
          partValue,
        ),
      );
    }
    const oneOf = asSchemas(part.oneOf).map(attempt);
    const fitting = oneOf.filter(({ violations }) => violations.length === 0);
    for (const { adopt } of fitting) adopt();
    if (oneOf.length > 0 && fitting.length === 0) {
      found.push(
        ...closestBranch(
          'oneOf',
          oneOf.map(({ violations }) => violations),
          pointer,
          partValue,
        ),
      );
    } else if (fitting.length > 1) {
      const message = `${placeName(pointer)} must fit exactly one of ${counted(oneOf.length, 'alternative')}, it fits ${fitting.length}`;
      found.push({ pointer, keyword: 'oneOf', message, expected: 1, actual: fitting.length });
    }
    const condition = asSchema(part.if);
    if (condition !== undefined) {
      const { violations, adopt } = attempt(condition);
      if (violations.length === 0) adopt();
      must(asSchema(violations.length === 0 ? part.then : part.else) ?? true);
    }
    const not = asSchema(part.not);
    if (not !== undefined && visit(not, partValue, pointer, nothing()).length === 0) {
      found.push({
        pointer,
        keyword: 'not',
        message: `${placeName(pointer)} is what the schema rules out with "not"`,
        expected: null,
        actual: partValue,
      });
    }
    if (isJsonObject(partValue)) {
      for (const [name, branch] of Object.entries(asSchemaMap(part.dependentSchemas)))
        if (Object.hasOwn(partValue, name)) must(branch);
    }
    return found;
  };

  return mostTellingFirst(inner(schema, value, ''));
}

function nothing(): Evaluated {
  return { names: new Set(), items: new Set() };
}

function merge(into: Evaluated, from: Evaluated): void {
  for (const name of from.names) into.names.add(name);
  for (const item of from.items) into.items.add(item);
}
