import { isJsonMediaType } from '../validate/media-type.ts';
import { isJsonObject } from '../vocabulary/json.ts';
import type { Json } from '../vocabulary/json.ts';
import type { Contract, MediaContent, Operation, Parameter } from '../vocabulary/operation.ts';
import { anyText, textWithNul, withoutSeparators, xmlText } from './alphabet.ts';
import { UnsupportedSchema } from './cannot-make.ts';
import { valuesWrittenByHttp } from './header-syntax.ts';
import { mayIgnoreBody } from './ignored-body.ts';
import { alphabetOf, canCarry } from './parameter-place.ts';
import { withParameter, withoutParameter } from './request-case.ts';
import type { Bindings, RequestCase } from './request-case.ts';
import { simplerValues } from './simpler.ts';
import type { Source } from './source.ts';
import { createValueMaker } from './value-maker.ts';
import type { Mode, ValueMaker } from './value-maker.ts';

export interface ParameterPlan {
  readonly parameter: Parameter;
  readonly maker: ValueMaker;
  /** Its values are picked from a few: what its schema allows is wider than what may be sent, and nothing but its absence is wrong by the contract. */
  readonly isPicked: boolean;
}

export interface BodyPlan {
  /** A media type that can be sent: ranges are made concrete. */
  readonly mediaType: string;
  /** Written as a bare text, where a number cannot be told from its digits. */
  readonly textual: boolean;
  readonly maker: ValueMaker;
}

/** Everything that is needed to make requests of one operation, worked out once. */
export interface OperationPlan {
  readonly operation: Operation;
  readonly parameters: readonly ParameterPlan[];
  /** JSON first. */
  readonly bodies: readonly BodyPlan[];
  readonly bodyRequired: boolean;
  /** Nothing is wrong with any body, nor with none. */
  readonly bodyIgnored: boolean;
  readonly make: (source: Source, mode: Mode) => RequestCase;
  /** The request with as little as possible, and with everything. */
  readonly smallest: RequestCase;
  readonly fullest: RequestCase;
  /** Simpler valid requests, the boldest steps first. */
  readonly simpler: (request: RequestCase) => Iterable<RequestCase>;
}

export interface PlanOptions {
  readonly nul?: boolean;
  readonly omit?: readonly string[];
}

const plans = new WeakMap<Contract, Map<string, OperationPlan>>();
/**
 * Header parameters of these names are never sent. Of the first OpenAPI says so, because other parts of the contract describe them; the others say how
 * the message itself is written and belong to whoever writes it: with made-up values it cannot be sent, or is another message.
 */
const ignoredHeaders: readonly string[] = [
  'accept',
  'content-type',
  'authorization',
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'expect',
  'host',
  'te',
  'trailer',
  'accept-encoding',
];

/** @throws UnsupportedSchema when something required cannot be made. What is optional and cannot be made is left out. */
export function planOperation(contract: Contract, operation: Operation, options: PlanOptions = {}): OperationPlan {
  let known = plans.get(contract);
  if (known === undefined) plans.set(contract, (known = new Map()));
  const { nul = false, omit = [] } = options;
  const key = JSON.stringify([operation.id, operation.method, operation.path, nul, ...[...omit].sort()]);
  let plan = known.get(key);
  if (plan === undefined || plan.operation !== operation)
    known.set(key, (plan = createPlan(contract, operation, nul, omit)));
  return plan;
}

function createPlan(contract: Contract, operation: Operation, nul: boolean, omit: readonly string[]): OperationPlan {
  const parameters = operation.parameters
    .filter(({ name, in: place }) => place !== 'header' || !ignoredHeaders.includes(name.toLowerCase()))
    .filter(({ name, in: place, required }) => required || !omit.includes(`${place}:${name}`))
    .flatMap((parameter) => planParameter(contract, operation, parameter));
  const content = operation.requestBody?.content ?? [];
  const bodyRequired = operation.requestBody?.required === true;
  const bodies = planBodies(contract, operation, content, bodyRequired, nul);
  const blank: RequestCase = { operation: operation.id, path: {}, query: {}, headers: {}, cookies: {} };

  const make = (source: Source, mode: Mode): RequestCase => {
    const percent = mode === 'wild' ? source.pick([60, 25, 100, 0]) : 50;
    let request = blank;
    for (const { parameter, maker } of parameters) {
      if (parameter.required || source.chance(percent))
        request = withParameter(request, parameter.in, parameter.name, maker.make(source, mode));
    }
    const [first] = bodies;
    if (first === undefined || !(bodyRequired || source.chance(80))) return request;
    const body = source.chance(20) ? source.pick(bodies) : first;
    return { ...request, body: { mediaType: body.mediaType, value: body.maker.make(source, mode) } };
  };

  const modelCase = (all: boolean): RequestCase => {
    let request = blank;
    for (const { parameter, maker } of parameters) {
      const model = all ? (maker.models[1] ?? maker.models[0]) : maker.models[0];
      if ((all || parameter.required) && model !== undefined)
        request = withParameter(request, parameter.in, parameter.name, model);
    }
    const [body] = bodies;
    const model =
      body === undefined ? undefined : all ? (body.maker.models[1] ?? body.maker.models[0]) : body.maker.models[0];
    return body === undefined || model === undefined || !(all || bodyRequired)
      ? request
      : { ...request, body: { mediaType: body.mediaType, value: model } };
  };

  const plan: OperationPlan = {
    operation,
    parameters,
    bodies,
    bodyRequired,
    bodyIgnored: mayIgnoreBody(contract, operation),
    make,
    smallest: modelCase(false),
    fullest: modelCase(true),
    simpler: (request) => simplerRequests(plan, request),
  };
  return plan;
}

function planParameter(contract: Contract, operation: Operation, parameter: Parameter): ParameterPlan[] {
  const picked = valuesWrittenByHttp(contract, parameter);
  if (picked?.length === 0) return [];
  const accepts = (value: Json) => canCarry(parameter, value);
  const whole = alphabetOf(parameter);
  const name = `the ${parameter.in} parameter ${parameter.name} of ${operation.id}`;
  let trouble: unknown;
  // Parts of lists need a narrower alphabet than single texts; the wider one is tried first only where lists do not come up.
  for (const alphabet of listed(parameter) ? [withoutSeparators(whole), whole] : [whole]) {
    try {
      return [
        {
          parameter,
          isPicked: picked !== null,
          maker: createValueMaker(contract, picked === null ? parameter.schema : { enum: picked }, {
            direction: 'request',
            alphabet,
            accepts,
            examples: parameter.examples,
            name,
          }),
        },
      ];
    } catch (error) {
      if (!(error instanceof UnsupportedSchema)) throw error;
      trouble = error;
    }
  }
  if (parameter.required) throw trouble;
  return [];
}

function listed({ schema }: Parameter): boolean {
  return (
    typeof schema !== 'boolean' &&
    schema.type !== 'string' &&
    schema.type !== 'integer' &&
    schema.type !== 'number' &&
    schema.type !== 'boolean'
  );
}

function planBodies(
  contract: Contract,
  operation: Operation,
  content: readonly MediaContent[],
  required: boolean,
  nul: boolean,
): readonly BodyPlan[] {
  const found: BodyPlan[] = [];
  let trouble: unknown;
  for (const { mediaType, schema, examples, codec } of content) {
    const concrete = concreteMediaType(mediaType);
    const isForm = formMediaTypes.includes(concrete);
    const name = `the body (${mediaType}) of ${operation.id}`;
    const textual = !isForm && !isJsonMediaType(concrete) && codec === undefined;
    const given =
      textual && (schema === true || (isJsonObject(schema) && Object.keys(schema).length === 0))
        ? { type: 'string' }
        : schema;
    const accepts = isForm ? canBeForm : textual ? isScalar : undefined;
    try {
      const maker = createValueMaker(contract, given, {
        direction: 'request',
        alphabet: codec === 'soap' ? xmlText : nul ? textWithNul : anyText,
        examples,
        name,
        ...(accepts === undefined ? {} : { accepts }),
      });
      found.push({ mediaType: concrete, textual, maker });
    } catch (error) {
      if (!(error instanceof UnsupportedSchema)) throw error;
      trouble = error;
    }
  }
  if (found.length === 0 && required && trouble !== undefined) throw trouble;
  return found.sort((a, b) => Number(isJsonMediaType(b.mediaType)) - Number(isJsonMediaType(a.mediaType)));
}

export const formMediaTypes: readonly string[] = ['application/x-www-form-urlencoded', 'multipart/form-data'];

/** A form holds named fields; a field that is null or an empty list cannot be told from one that is absent. */
function canBeForm(value: Json): boolean {
  return (
    isJsonObject(value) &&
    Object.values(value).every(
      (field) => field !== null && !(Array.isArray(field) && (field.length === 0 || field.includes(null))),
    )
  );
}

function isScalar(value: Json): boolean {
  return value !== null && typeof value !== 'object';
}

/** What is sent of a range of media types. */
export function concreteMediaType(mediaType: string): string {
  if (mediaType === '*/*' || mediaType === 'application/*') return 'application/json';
  if (mediaType.endsWith('/*')) return mediaType === 'text/*' ? 'text/plain' : `${mediaType.slice(0, -1)}octet-stream`;
  return mediaType.replace('*+json', 'vnd.assay+json');
}

function* simplerRequests(plan: OperationPlan, request: RequestCase): Generator<RequestCase> {
  yield* [plan.smallest].filter((smallest) => JSON.stringify(smallest).length < JSON.stringify(request).length);
  if (request.body !== undefined && !plan.bodyRequired) {
    const { body, ...rest } = request;
    void body;
    yield rest;
  }
  for (const { parameter, maker } of plan.parameters) {
    const value = valueOf(request, parameter);
    if (value === undefined) continue;
    if (!parameter.required) yield withoutParameter(request, parameter.in, parameter.name);
    for (const simpler of simplerValues(value, maker.models)) {
      if (maker.isValid(simpler)) yield withParameter(request, parameter.in, parameter.name, simpler);
    }
  }
  const { body } = request;
  const bodyPlan = plan.bodies.find(({ mediaType }) => mediaType === body?.mediaType);
  if (body === undefined || bodyPlan === undefined) return;
  for (const value of simplerValues(body.value, bodyPlan.maker.models)) {
    if (bodyPlan.maker.isValid(value)) yield { ...request, body: { ...body, value } };
  }
}

export function valueOf(request: RequestCase, { in: place, name }: Parameter): Json | undefined {
  const group =
    place === 'path'
      ? request.path
      : place === 'query'
        ? request.query
        : place === 'header'
          ? request.headers
          : request.cookies;
  return Object.hasOwn(group, name) ? group[name] : undefined;
}

/** The bindings that point into a body make it necessary. */
export function ensureBody(
  plan: OperationPlan,
  request: RequestCase,
  bindings: Bindings,
  source: Source,
  mode: Mode,
): RequestCase {
  const [first] = plan.bodies;
  if (
    request.body !== undefined ||
    first === undefined ||
    !Object.keys(bindings).some((target) => target.startsWith('body:'))
  )
    return request;
  return { ...request, body: { mediaType: first.mediaType, value: first.maker.make(source, mode) } };
}
