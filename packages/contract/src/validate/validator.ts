import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Json, JsonObject } from '../vocabulary/json.ts';
import type { Contract, Schema } from '../vocabulary/operation.ts';
import { isMultipleOf } from './decimal.ts';
import { directSchemas } from './directed.ts';
import type { DirectedSchemas, Direction } from './directed.ts';
import { explain } from './explain.ts';
import { holdsFormat, numberFormats, stringFormats } from './formats.ts';
import { compilePattern } from './pattern.ts';
import type { SchemaViolation } from './violation.ts';

/** Judges values by the schemas of one contract. Compiled on first use and kept. */
export interface Validator {
  /** All violations, the deepest and most telling first; none when the value is valid, or when that cannot be told. */
  validate(schema: Schema, value: Json, direction: Direction): readonly SchemaViolation[];
  /** Only whether the value is valid for certain; much faster on values that are not. */
  isValid(schema: Schema, value: Json, direction: Direction): boolean;
}

/** The schemas of a contract in one direction, with the test that decides whether a value is valid. */
export interface DirectedValidator {
  readonly schemas: DirectedSchemas;
  /** A test for a schema as the contract has it. */
  test(schema: Schema): Test;
  /** A test for a schema that `schemas.rewrite` has returned, or for a part of one. */
  testRewritten(schema: Schema): Test;
}

/** Whether a value is valid; null where that cannot be told, since a pattern of the schema takes too long for a text in it. */
export type Test = (value: Json) => boolean | null;

/** Ends the work of a compiled schema at a pattern that does not come to an end. */
class CannotTell extends Error {}

const kept = new WeakMap<Contract, Record<Direction, DirectedValidator>>();

/** The compiled schemas of a contract; the same object each time. */
export function directedValidator(contract: Contract, direction: Direction): DirectedValidator {
  let both = kept.get(contract);
  if (both === undefined) {
    both = { request: createDirected(contract, 'request'), response: createDirected(contract, 'response') };
    kept.set(contract, both);
  }
  return both[direction];
}

export function createValidator(contract: Contract): Validator {
  return {
    isValid: (schema, value, direction) => directedValidator(contract, direction).test(schema)(value) === true,
    validate(schema, value, direction) {
      const directed = directedValidator(contract, direction);
      if (directed.test(schema)(value) !== false) return [];
      const violations = explainSafely(directed, schema, value);
      if (violations.length > 0) return violations;
      return [
        { pointer: '', keyword: 'schema', message: 'the value does not fit its schema', expected: null, actual: value },
      ];
    },
  };
}

function explainSafely(directed: DirectedValidator, schema: Schema, value: Json): readonly SchemaViolation[] {
  try {
    return explain(directed.schemas.resolve, directed.schemas.rewrite(schema), value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [
      {
        pointer: '',
        keyword: 'schema',
        message: 'the value is nested too deeply to be judged',
        expected: null,
        actual: null,
      },
    ];
  }
}

function createDirected(contract: Contract, direction: Direction): DirectedValidator {
  const schemas = directSchemas(contract, direction);
  const ajv = createAjv();
  const added = new Set<string>();
  const tests = new WeakMap<JsonObject, Test>();

  const compile = (schema: JsonObject): Test => {
    for (const [ref, definition] of schemas.references()) {
      if (added.has(ref)) continue;
      added.add(ref);
      ajv.addSchema(definition, ref);
    }
    const slow = (value: Json) => explain(schemas.resolve, schema, value).length === 0;
    let decide: (value: Json) => boolean;
    try {
      const compiled = ajv.compile<Json>(schema);
      decide = (value) => compiled(value);
    } catch {
      // A schema that Ajv cannot compile is still judged, only more slowly.
      decide = slow;
    }
    return (value) => {
      try {
        return decide(value);
      } catch (error) {
        if (error instanceof CannotTell) return null;
        // Nested deeper than the stack.
        if (error instanceof RangeError) return false;
        throw error;
      }
    };
  };

  const testRewritten = (schema: Schema): Test => {
    if (typeof schema === 'boolean') return () => schema;
    let test = tests.get(schema);
    if (test === undefined) {
      test = compile(schema);
      tests.set(schema, test);
    }
    return test;
  };
  return { schemas, testRewritten, test: (schema) => testRewritten(schemas.rewrite(schema)) };
}

function createAjv(): Ajv2020 {
  const regExp = Object.assign(askedByAjv, { code: '' });
  const ajv = new Ajv2020({
    strict: false,
    validateSchema: false,
    logger: false,
    ownProperties: true,
    // Optimizing the generated code takes most of the time of compiling, and gains nothing here.
    code: { regExp, optimize: false },
  });
  for (const [name, validate] of Object.entries(stringFormats)) ajv.addFormat(name, validate);
  for (const name of Object.keys(numberFormats)) {
    ajv.addFormat(name, { type: 'number', validate: (value: number) => holdsFormat(name, value) });
  }
  // Ajv's own multipleOf divides doubles, for which 1.1 is no multiple of 0.01.
  ajv.removeKeyword('multipleOf');
  ajv.addKeyword({
    keyword: 'multipleOf',
    type: 'number',
    schemaType: 'number',
    errors: false,
    validate: (divisor: number, value: number) => isMultipleOf(value, divisor),
  });
  return ajv;
}

/** Ajv knows two patterns apart by their text. */
function askedByAjv(pattern: string): { test(text: string): boolean; toString(): string } {
  const compiled = compilePattern(pattern);
  return {
    test: (text) => {
      const fits = compiled === null || compiled.test(text);
      if (fits === null) throw new CannotTell();
      return fits;
    },
    toString: () => pattern,
  };
}
