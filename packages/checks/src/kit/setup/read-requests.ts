import {
  type Binding,
  isJsonObject,
  type Json,
  type Operation,
  type Parameter,
  type ProbeContext,
  type RequestSpec,
} from '@assay/contract';
import { withoutQuery, withQuery } from '../answers/list-walk.ts';
import { plainSchema } from '../requests/body-schema.ts';
import { plainCases } from '../requests/cases.ts';
import { methodOf } from '../soap/by-schema.ts';
import { type Made, type Setup, SetupFailed } from './setup.ts';

/** A request that reads, and what it asks for in words. */
export interface ReadRequest {
  readonly operation: string;
  readonly request: RequestSpec;
  /** The query parameter that it gives; null for none. */
  readonly by: string | null;
  /** It gives one of the contract's list of choices, or a truth value, whether or not anything has it. */
  readonly isChoice: boolean;
}

/** How many values of a list of choices are asked for. */
const choices = 8;

/** Requests for every operation that reads: as it is, and with each of its query parameters alone, with values of things that are there. */
export async function readRequests(
  context: ProbeContext,
  setup: Setup,
  made: readonly Made[],
): Promise<readonly ReadRequest[]> {
  const found: ReadRequest[] = [];
  for (const operation of context.contract.operations.filter((each) => methodOf(each) === 'GET')) {
    try {
      const spec = await requestOf(setup, operation, made);
      const bare = spec.requery === undefined ? withoutOptionalQuery(operation, spec) : withoutQuery(spec);
      found.push({ operation: operation.id, request: bare, by: null, isChoice: false });
      for (const parameter of operation.parameters) {
        if (parameter.in !== 'query' || isPaging(context, operation, parameter)) continue;
        const { values, isChoice } = await valuesOf(context, setup, operation, parameter, made);
        for (const value of values)
          found.push({
            operation: operation.id,
            request: withQuery(bare, { [parameter.name]: value }),
            by: parameter.name,
            isChoice,
          });
      }
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
    }
  }
  return found;
}

/** The request, of things that were made before where no others can be, as where each customer may have five. */
async function requestOf(setup: Setup, operation: Operation, made: readonly Made[]): Promise<RequestSpec> {
  try {
    return await setup.request(operation.id);
  } catch (error) {
    const own: Record<string, Json> = {};
    for (const { target, resource } of setup.bindingsOf(operation.id))
      own[target] = made.findLast((one) => one.resource === resource)?.id ?? null;
    if (!(error instanceof SetupFailed) || Object.values(own).includes(null)) throw error;
    return setup.request(operation.id, own);
  }
}

async function someOf(setup: Setup, { resource }: Binding, made: readonly Made[]): Promise<Made> {
  try {
    return await setup.some(resource);
  } catch (error) {
    const before = made.findLast((one) => one.resource === resource);
    if (!(error instanceof SetupFailed) || before === undefined) throw error;
    return before;
  }
}

function withoutOptionalQuery(operation: Operation, spec: RequestSpec): RequestSpec {
  const required = new Set(
    operation.parameters.filter((parameter) => parameter.in === 'query' && parameter.required).map(({ name }) => name),
  );
  const names = new URLSearchParams(spec.target.split('?')[1] ?? '').keys();
  return withQuery(
    spec,
    Object.fromEntries([...names].filter((name) => !required.has(name)).map((name) => [name, null])),
  );
}

function isPaging(context: ProbeContext, operation: Operation, parameter: Parameter): boolean {
  const pagination = context.shape.resources
    .flatMap(({ lists }) => lists)
    .find((list) => list.operation === operation.id)?.pagination;
  return pagination != null && [pagination.limit, pagination.position].includes(parameter.name);
}

async function valuesOf(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
  parameter: Parameter,
  made: readonly Made[],
): Promise<{ readonly values: readonly (string | number)[]; readonly isChoice: boolean }> {
  const binding = setup.bindingsOf(operation.id).find(({ target }) => target === `query:${parameter.name}`);
  if (binding !== undefined) return { values: scalars([(await someOf(setup, binding, made)).id]), isChoice: false };
  const schema = plainSchema(context.contract, parameter.schema);
  if (Array.isArray(schema['enum'])) return { values: scalars(schema['enum']).slice(0, choices), isChoice: true };
  if (schema['type'] === 'boolean') return { values: ['true', 'false'], isChoice: true };
  return { values: freeValues(context, operation, parameter, made), isChoice: false };
}

/** One value of a thing that is there, or else one that the contract allows. */
function freeValues(
  context: ProbeContext,
  operation: Operation,
  parameter: Parameter,
  made: readonly Made[],
): readonly (string | number)[] {
  const known = made.flatMap(({ body, sent }) => [body, sent].flatMap((value) => named(value, parameter.name)));
  const [value] = scalars(known).toReversed();
  if (value !== undefined) return [value];
  const cases = plainCases(context, operation, parameter.name);
  for (let tries = 0; tries < 20; tries += 1) {
    const next = cases.next();
    if (next.done === true) break;
    const given = scalars([next.value.query[parameter.name] ?? null]);
    if (given.length > 0) return given;
  }
  return [];
}

/** What a thing holds by the name of a parameter, also one of several: `tag` of `tags`. */
function named(value: Json | undefined, name: string): readonly Json[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key.toLowerCase() === name.toLowerCase()) return [inner];
    return key.toLowerCase() === `${name.toLowerCase()}s` && Array.isArray(inner) ? (inner as readonly Json[]) : [];
  });
}

function scalars(values: readonly Json[]): readonly (string | number)[] {
  const found: (string | number)[] = [];
  for (const value of values)
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') found.push(value);
  return found;
}
