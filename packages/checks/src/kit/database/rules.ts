import {
  type Contract,
  encodeRequest,
  type Exchange,
  type Json,
  type JsonObject,
  type Operation,
  type ProbeContext,
  type RequestCase,
} from '@assay/contract';
import { bodySchema, isNullable, propertySchema } from '../requests/body-schema.ts';
import { operationOf } from '../requests/cases.ts';
import { pinned } from '../requests/pin.ts';
import { withUniqueTexts } from '../requests/unique-texts.ts';
import { placeIn, thingIn, wrappedAs } from '../requests/wrapped-body.ts';
import { type Setup, SetupFailed } from '../setup/setup.ts';
import { isSuccess, status } from '../words.ts';
import type { Table } from './catalog.ts';
import type { Writes } from './written.ts';

/** A rule of the contract that a column could hold, with a value that breaks it. */
export interface Rule {
  readonly kind: 'required' | 'enum' | 'minimum' | 'maximum' | 'unique';
  readonly property: string;
  readonly value: string | number | null;
  /** `at least 0`. */
  readonly words: string;
  /** What the database says of it: `>= 0`, `NOT NULL`. */
  readonly constraint: string;
}

export interface PlacedRule {
  readonly rule: Rule;
  readonly table: Table;
  readonly column: string;
  readonly operation: string;
}

/** The rules of what can be created, each with the column that keeps the property; only those that hold for every kind of thing in the table. */
export function rulesOf(contract: Contract, { tables, resources }: Writes): readonly PlacedRule[] {
  const placed = resources.flatMap(({ operation, columns, table: home }) => {
    const body = bodySchema(contract, operationOf(contract, operation));
    const table = tables.find(({ key }) => key === home);
    if (body === null || table === undefined) return [];
    return columns
      .filter((place) => place.from === 'sent' && place.table === table.key)
      .flatMap(({ property, column }) =>
        rulesOfProperty(contract, body, property).map((rule) => ({ rule, table, column, operation })),
      );
  });
  const seen = new Set<string>();
  return placed.filter(({ rule, table, column }) => {
    const key = `${rule.kind} ${table.key} ${column}`;
    if (seen.has(key)) return false;
    seen.add(key);
    const others = resources.filter(
      (resource) =>
        resource.table === table.key ||
        (resource.table === null && resource.written.some(({ rows }) => rows.some((row) => row.table === table.key))),
    );
    return others.every(({ operation }) =>
      placed.some(
        (other) => other.operation === operation && `${other.rule.kind} ${other.table.key} ${other.column}` === key,
      ),
    );
  });
}

function rulesOfProperty(contract: Contract, body: JsonObject, property: string): readonly Rule[] {
  const schema = propertySchema(contract, body, property) ?? {};
  const types = [schema['type']].flat();
  const rules: Rule[] = [];
  const required = body['required'];
  if (Array.isArray(required) && required.includes(property) && !isNullable(schema))
    rules.push({ kind: 'required', property, value: null, words: 'required', constraint: 'NOT NULL' });
  const values = schema['enum'];
  if (Array.isArray(values) && types.includes('string')) {
    const value = unlisted(values.filter((each: Json) => typeof each === 'string') as string[]);
    if (value !== null)
      rules.push({ kind: 'enum', property, value, words: 'one of a few values', constraint: 'CHECK (… IN (…))' });
  }
  if (types.includes('integer') || types.includes('number')) rules.push(...limits(schema, property));
  if (types.includes('string') && values === undefined && schema['format'] !== 'date-time')
    rules.push({ kind: 'unique', property, value: null, words: 'unique', constraint: 'UNIQUE' });
  return rules;
}

function limits(schema: JsonObject, property: string): readonly Rule[] {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = schema;
  const rules: Rule[] = [];
  const add = (kind: 'minimum' | 'maximum', value: number, words: string, constraint: string): void => {
    // What no column of its type could hold needs no constraint.
    if (Math.abs(value) < 2_147_483_647)
      rules.push({ kind, property, value, words, constraint: `CHECK (… ${constraint})` });
  };
  if (typeof minimum === 'number') add('minimum', minimum - 1, `at least ${minimum}`, `>= ${minimum}`);
  else if (typeof exclusiveMinimum === 'number')
    add('minimum', exclusiveMinimum, `more than ${exclusiveMinimum}`, `> ${exclusiveMinimum}`);
  if (typeof maximum === 'number') add('maximum', maximum + 1, `at most ${maximum}`, `<= ${maximum}`);
  else if (typeof exclusiveMaximum === 'number')
    add('maximum', exclusiveMaximum, `less than ${exclusiveMaximum}`, `< ${exclusiveMaximum}`);
  return rules;
}

/** A value that is none of these, and no longer than they are: a column may be just as long as it must. */
function unlisted(values: readonly string[]): string | null {
  const [longest] = [...values].sort((a, b) => b.length - a.length);
  if (longest === undefined) return null;
  return (
    ['x', 'q', 'z', 'X', 'Q']
      .map((letter) => letter + longest.slice(1))
      .find((value) => !values.some((each) => each.toLowerCase() === value.toLowerCase())) ?? null
  );
}

/** The exchange in which the API refused a request for breaking the rule and nothing else; null when it was not seen to. */
export async function refusalOf(
  context: ProbeContext,
  setup: Setup,
  operationId: string,
  rule: Rule,
): Promise<Exchange | null> {
  const operation = operationOf(context.contract, operationId);
  const resource = context.shape.resources.find(({ create }) => create === operationId);
  if (resource === undefined) return null;
  try {
    const accepted: RequestCase[] = [];
    await setup.make(resource.name, (request) => {
      accepted.push(request);
      return request;
    });
    const last = accepted.at(-1);
    const broken = last === undefined ? null : broke(context, operation, last, rule);
    if (broken === null) return null;
    // What is refused although everything in it is new was refused for something else.
    if (rule.kind === 'unique' && !(await isAcceptedAnew(context, setup, operation, last))) return null;
    const exchange = await setup.instance.send(encodeRequest(operation, setup.freshKey(operation, broken)));
    const refused = status(exchange) ?? 0;
    if (rule.kind === 'unique' && refused === 409) return exchange;
    if (refused !== 400 && refused !== 422) return null;
    // Validators of many frameworks call it invalid, as a value is by itself: then it must do with another value, and nothing else changed.
    const isRule = rule.kind !== 'unique' || (await isAcceptedAnew(context, setup, operation, broken, rule.property));
    return isRule ? exchange : null;
  } catch (error) {
    if (error instanceof SetupFailed) return null;
    throw error;
  }
}

/** Whether a request is accepted once all its texts are new, or that of one property. */
async function isAcceptedAnew(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
  request: RequestCase | undefined,
  property?: string,
): Promise<boolean> {
  if (request === undefined) return false;
  const place = property === undefined ? null : placeIn(thingIn(request.body?.value as Json | undefined), property);
  const renewed = withUniqueTexts(context, operation, request, {
    which: (each) => place === null || each === place,
  });
  return isSuccess(await setup.instance.send(encodeRequest(operation, setup.freshKey(operation, renewed))));
}

/** The accepted request, made to break the rule and no other. */
function broke(context: ProbeContext, operation: Operation, accepted: RequestCase, rule: Rule): RequestCase | null {
  const whole = thingIn(accepted.body?.value as Json | undefined);
  const place = placeIn(whole, rule.property);
  if (accepted.body === undefined || Object.keys(whole.thing).length === 0) return null;
  if (rule.kind === 'unique') {
    if (typeof whole.thing[rule.property] !== 'string') return null;
    // Everything else is new, so that it is this one that is there already.
    return withUniqueTexts(context, operation, accepted, { which: (other) => other !== place });
  }
  if (rule.value !== null) return pinned(accepted, `body:${place}`, rule.value);
  const { [rule.property]: _left, ...rest } = whole.thing;
  return { ...accepted, body: { ...accepted.body, value: wrappedAs(whole, rest) } };
}
