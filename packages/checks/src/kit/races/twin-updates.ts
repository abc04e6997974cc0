import {
  bodyJson,
  encodeRequest,
  isJsonObject,
  type Json,
  type JsonObject,
  type Operation,
  type ProbeContext,
  type RequestCase,
  type RequestSpec,
  type Resource,
  responseHeaderOf,
} from '@assay/contract';
import { unwrapped } from '../answers/counterpart.ts';
import { isVersion, namesVersion, withShownVersion } from '../answers/shown-version.ts';
import { bodySchema } from '../requests/body-schema.ts';
import { operationOf, plainCases } from '../requests/cases.ts';
import { isValidBody, jsonContentOf } from '../requests/json-body.ts';
import { namesHalfOfPair } from '../requests/pairs-in-order.ts';
import { placeIn, thingIn, wrappedAs } from '../requests/wrapped-body.ts';
import { type Setup, SetupFailed } from '../setup/setup.ts';
import { isSuccess } from '../words.ts';
import type { Facts, Prepared } from './trial.ts';

/** Two updates of one thing, made anew for each run. */
export interface Subject {
  readonly operation: string;
  /** `once` and `last`: what is done or had once; `made` is then what the operation makes, if it makes something. `skew`: of two things, one may be changed. */
  readonly kind: 'fields' | 'tag' | 'version' | 'sum' | 'limit' | 'once' | 'last' | 'quota' | 'skew';
  readonly made?: Resource | null;
  /** What the two do: told to the person. */
  readonly what: string;
  prepare(): Promise<Prepared>;
}

/** How many pairs of members are tried for one operation; each member is in one of them. */
const mostPairs = 2;
/** How many requests are made up in search of what they may say. */
const mostCases = 16;
/** How often a thing is made until what the update sets is not there already. */
const attempts = 4;

interface Change {
  readonly member: string;
  readonly value: Json;
  /** A body with nothing but this change in it. */
  readonly body: Json;
}

/** Pairs of partial updates that set different members of one thing: each must find the other's change kept. */
export function fieldSubjects(context: ProbeContext, setup: Setup): readonly Subject[] {
  return context.shape.resources.flatMap((resource) => {
    // Many a PUT takes some members only and keeps the others; one that replaces all loses nothing by it: the last one wins in every order.
    const update = resource.patch ?? resource.replace;
    if (resource.create === null || resource.read === null || update === null || update === resource.create) return [];
    const operation = operationOf(context.contract, update);
    return pairs(changesOf(context, setup, operation))
      .slice(0, mostPairs)
      .map(([one, other]) => ({
        operation: operation.id,
        kind: 'fields' as const,
        what: `one sets ${one.member}, the other ${other.member}`,
        prepare: () => prepareChanges(context, setup, resource, operation, [one, other], null),
      }));
  });
}

/** Pairs of updates that both carry the entity tag which the thing had before either of them. */
export function tagSubjects(context: ProbeContext, setup: Setup): readonly Subject[] {
  return context.shape.resources.flatMap((resource) => {
    if (resource.create === null || resource.read === null) return [];
    return [resource.patch, resource.replace].flatMap((id) => {
      const operation = id === null ? null : operationOf(context.contract, id);
      const parameter = operation?.parameters.find(({ in: at, name }) => at === 'header' && /^if-match$/i.test(name));
      if (operation === null || parameter === undefined) return [];
      const tag = parameter.name;
      const what = 'both carry the entity tag from before';
      if (operation.method === 'PUT') {
        const [one, other] = plainCases(context, operation).take(2);
        if (one === undefined || other === undefined) return [];
        const prepare = () => prepareBodies(context, setup, resource, operation, [one, other], tag);
        return [{ operation: operation.id, kind: 'tag' as const, what, prepare }];
      }
      const [pair] = pairs(changesOf(context, setup, operation));
      if (pair === undefined) return [];
      const prepare = () => prepareChanges(context, setup, resource, operation, pair, tag);
      return [{ operation: operation.id, kind: 'tag' as const, what, prepare }];
    });
  });
}

/** Pairs of updates that both name in their body the version which the thing had before either of them. */
export function versionSubjects(context: ProbeContext, setup: Setup): readonly Subject[] {
  return context.shape.resources.flatMap((resource) => {
    if (resource.create === null || resource.read === null) return [];
    return [resource.patch, resource.replace].flatMap((id) => {
      if (id === null) return [];
      const operation = operationOf(context.contract, id);
      const [one, other] = [...plainCases(context, operation).take(mostCases)].filter(namesVersion);
      if (one === undefined || other === undefined) return [];
      const what = 'both name the version from before';
      const prepare = () => prepareBodies(context, setup, resource, operation, [one, other], null);
      return [{ operation: operation.id, kind: 'version' as const, what, prepare }];
    });
  });
}

/** One change for each member of the body that may stand alone. */
function changesOf(context: ProbeContext, setup: Setup, operation: Operation): readonly Change[] {
  if (jsonContentOf(operation) === null) return [];
  const bound = setup.bindingsOf(operation.id).map(({ target }) => target);
  const names = Object.keys((bodySchema(context.contract, operation)?.['properties'] ?? {}) as JsonObject);
  const isHalf = (member: string): boolean => namesHalfOfPair({ [member]: '' }, names);
  const changes = new Map<string, Change>();
  for (const { body } of plainCases(context, operation).take(mostCases)) {
    const whole = thingIn(body?.value as Json | undefined);
    for (const [member, value] of Object.entries(whole.thing)) {
      const isNothing = value === null || value === '' || (Array.isArray(value) && value.length === 0);
      const target = `body:${placeIn(whole, member)}`;
      // Which version it was made on is no change of its own.
      if (isNothing || isVersion(member, value) || bound.includes(target) || changes.has(member) || isHalf(member))
        continue;
      const alone = wrappedAs(whole, { [member]: value });
      if (isValidBody(context.contract, operation, alone)) changes.set(member, { member, value, body: alone });
    }
  }
  return [...changes.values()];
}

function pairs(changes: readonly Change[]): readonly (readonly [Change, Change])[] {
  const found: (readonly [Change, Change])[] = [];
  for (let index = 0; index + 1 < changes.length; index += 2) {
    const [one, other] = [changes[index], changes[index + 1]];
    if (one !== undefined && other !== undefined) found.push([one, other]);
  }
  const [first, last] = [changes[0], changes.at(-1)];
  if (changes.length % 2 === 1 && changes.length > 1 && first !== undefined && last !== undefined)
    found.push([last, first]);
  return found;
}

async function prepareChanges(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  operation: Operation,
  changes: readonly [Change, Change],
  tag: string | null,
): Promise<Prepared> {
  const [base] = plainCases(context, operation).take(1);
  if (base?.body === undefined) throw new SetupFailed(`no valid request can be generated for ${operation.id}`);
  const { mediaType } = base.body;
  const cases = changes.map(({ body }): RequestCase => ({ ...base, body: { mediaType, value: body } }));
  const [one, other] = cases;
  if (one === undefined || other === undefined) throw new SetupFailed('there are no two changes');
  const isThere = (body: Json | undefined): boolean =>
    [body, body === undefined ? body : unwrapped(body)].some(
      (shown) =>
        isJsonObject(shown) &&
        changes.some(({ member, value }) => JSON.stringify(shown[member]) === JSON.stringify(value)),
    );
  return prepareBodies(context, setup, resource, operation, [one, other], tag, isThere, changes);
}

async function prepareBodies(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  operation: Operation,
  cases: readonly [RequestCase, RequestCase],
  tag: string | null,
  isThere: (body: Json | undefined) => boolean = () => false,
  changes: readonly Change[] = [],
): Promise<Prepared> {
  let made = await setup.make(resource.name);
  for (let attempt = 1; attempt < attempts && isThere(made.body); attempt += 1) made = await setup.make(resource.name);
  const own = { [`path:${resource.idParameter ?? 'id'}`]: made.id };
  const read = await setup.request(resource.read ?? '', own);
  const before = tag === null && !cases.some(namesVersion) ? null : await setup.instance.send(read);
  const current = tag === null || before === null ? undefined : responseHeaderOf(before, 'etag');
  if (tag !== null && current === undefined) throw new SetupFailed(`${operation.id}: reading gives no entity tag`);
  const spec = async (request: RequestCase): Promise<RequestSpec> => {
    const shown = before === null ? undefined : (bodyJson(before.response?.body) as Json | undefined);
    const bound = withShownVersion(context.contract, operation, await setup.bind(operation, request, own), shown);
    const whole = encodeRequest(operation, bound);
    const plain = (whole.headers ?? []).filter(([name]) => !/^if-/i.test(name));
    return { ...whole, headers: tag === null || current === undefined ? plain : [...plain, [tag, current]] };
  };
  return {
    first: await spec(cases[0]),
    second: await spec(cases[1]),
    look: async () => {
      const after = await setup.instance.send(read);
      const body = bodyJson(after.response?.body) as Json | undefined;
      return { facts: isSuccess(after) ? factsOf(body, changes) : {}, reads: [after] };
    },
  };
}

function factsOf(body: Json | undefined, changes: readonly Change[]): Facts {
  if (!isJsonObject(body)) return {};
  const wrapped = unwrapped(body);
  const inside = isJsonObject(wrapped) && !changes.some(({ member }) => member in body) ? wrapped : body;
  return Object.fromEntries(
    changes.flatMap(({ member, value }) => (member in inside ? [[member, partOf(inside[member] ?? null, value)]] : [])),
  );
}

/** What was sent of an object may be laid over what it held already: the rest of it is the thing's own, and differs from one to the next. */
function partOf(shown: Json, sent: Json): Json {
  if (!isJsonObject(shown) || !isJsonObject(sent)) return shown;
  return Object.fromEntries(
    Object.entries(sent).flatMap(([name, value]) =>
      name in shown ? [[name, partOf(shown[name] ?? null, value)] as const] : [],
    ),
  );
}
