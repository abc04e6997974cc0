import {
  bodyJson,
  encodeRequest,
  type Exchange,
  type Identity,
  type Json,
  type Operation,
  type ProbeContext,
  propertiesOf,
  type RequestSpec,
  resolved,
  type Resource,
} from '@assay/contract';
import { isGranted } from '../answers/granted.ts';
import { scalarsIn } from '../answers/scalars-in.ts';
import { actingAs } from '../identity/acting-as.ts';
import { operationsForFew, operationsForRoles } from '../identity/for-few.ts';
import { idsOf } from '../identity/ids-of.ts';
import { bareRequest } from '../requests/bare-request.ts';
import { plainCases } from '../requests/cases.ts';
import { jsonContentOf } from '../requests/json-body.ts';
import { pinned } from '../requests/pin.ts';
import { withoutConditions } from '../requests/without-conditions.ts';
import { isIdName } from '../setup/id-name.ts';
import { type Made, Setup, SetupFailed } from '../setup/setup.ts';
import { status } from '../words.ts';
import type { Trespass } from './trespass.ts';
import { twoNewcomers } from './two-newcomers.ts';

/** How people come into a place (`POST /workspaces/{id}/members`), and what changes their role in it. */
interface Fellowship {
  readonly place: Resource;
  readonly add: Operation;
  readonly set: Operation;
  /** The member of both bodies that says it. */
  readonly member: string;
  readonly least: string;
  readonly most: string;
}

const among = /\/(?:members?|memberships?|collaborators?|users|people|participants?|contributors?)$/i;
const roleName = /^(?:(?:user|member|access)[-_]?)?role$/i;
/** Who rules such a place, the plainest first, and who does the least there. */
const ruling = [/^(?:role_)?admin(?:istrator)?$/i, /^(?:maintainer|manager)$/i];
const least = [/^(?:viewer|reader|guest|read|observer)$/i, /^(?:member|user|participant)$/i];
/** How many operations on the place are tried, which refuse who does the least. */
const mostClosed = 8;

/**
 * Has somebody whom another one took into a place of theirs give themselves the role that rules it. It counts only when something on the place refused them with 403 right before, and serves
 * them right after.
 */
export async function raisedFellow(context: ProbeContext): Promise<readonly Trespass[]> {
  const forRoles = await operationsForRoles(context);
  const forFew = await operationsForFew(context);
  const found = fellowships(context).filter(
    ({ set, place }) => !forFew.has(set.id) && !forRoles.has(place.create ?? ''),
  );
  const people = found.length === 0 ? null : await twoNewcomers(context);
  if (people === null) return [];
  const [owner, fellow] = people;
  const setup = new Setup(context, actingAs(context.backend, owner, forRoles));
  const tried: Trespass[] = [];
  for (const one of found) {
    if (context.signal.aborted) break;
    try {
      const trespass = await raised(context, setup, one, fellow);
      if (trespass !== null) tried.push(trespass);
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
    }
  }
  return tried;
}

function fellowships(context: ProbeContext): readonly Fellowship[] {
  const { contract, shape } = context;
  return contract.operations.flatMap((add): readonly Fellowship[] => {
    const set = contract.operations.find(
      ({ method, path, responses }) =>
        /^(PATCH|PUT)$/.test(method) &&
        path.startsWith(`${add.path}/{`) &&
        /^[^/]+(?:\/role)?$/i.test(path.slice(add.path.length + 1)) &&
        responses.some(({ status: code }) => code === '403'),
    );
    if (add.method !== 'POST' || !among.test(add.path) || set === undefined || isForAll(set)) return [];
    const [binding, ...more] = (shape.bindings[add.id] ?? []).filter(({ target }) => target.startsWith('path:'));
    const place = shape.resources.find(({ name, create }) => name === binding?.resource && create !== null);
    const [choice] = choicesOf(context, set);
    const [given] = choicesOf(context, add);
    if (place === undefined || more.length > 0 || choice === undefined || given?.name !== choice.name) return [];
    const most = ruling.flatMap((word) => choice.values.filter((value) => word.test(value)))[0];
    const lowest = least.flatMap((word) => given.values.filter((value) => word.test(value)))[0];
    return most === undefined || lowest === undefined
      ? []
      : [{ place, add, set, member: choice.name, least: lowest, most }];
  });
}

/** Whether its words leave it to whoever is in the place. */
function isForAll({ summary, description }: Operation): boolean {
  return /\b(?:any|all|every|each) (?:members?|collaborators?|participants?|users?)\b|\bmembers (?:may|can)\b|\b(?:one['’]?s|their|your) own\b/i.test(
    `${summary ?? ''} ${description ?? ''}`,
  );
}

function choicesOf({ contract: { definitions } }: ProbeContext, operation: Operation) {
  return [...propertiesOf(jsonContentOf(operation)?.schema, definitions)].flatMap(([name, schema]) => {
    const choices = roleName.test(name) ? resolved(schema, definitions)?.['enum'] : null;
    return Array.isArray(choices) ? [{ name, values: choices.filter((one) => typeof one === 'string') }] : [];
  });
}

async function raised(
  context: ProbeContext,
  setup: Setup,
  { place, add, set, member, least: lowest, most }: Fellowship,
  fellow: Identity,
): Promise<Trespass | null> {
  const { backend } = context;
  const made = await setup.makeExemplary(place.name);
  const ids = await idsOf(context, fellow);
  const asFellow = (request: RequestSpec): Promise<Exchange> => backend.send({ ...request, as: fellow });
  const added = await setup.instance.send(
    await requestOf(context, setup, add, made, (name) =>
      name === member
        ? lowest
        : /^(?:e_?mail|login|user_?name)$/i.test(name)
          ? fellow.login
          : isWhose(name)
            ? ids[0]
            : undefined,
    ),
  );
  if (!isGranted(added)) return null;
  const closed = await closedTo(context, setup, place, made, [add.id, set.id], asFellow);
  if (closed.length === 0) return null;
  const told = scalarsIn(bodyJson(added.response?.body))
    .filter(({ name }) => isIdName(name))
    .map(({ value }) => value);
  const last =
    set.parameters
      .filter((one) => one.in === 'path')
      .map(({ name }) => name)
      .at(-1) ?? '';
  const whose = isWhose(last) ? ids.slice(0, 1) : [...told.slice(0, 1), ...ids.slice(0, 1)];
  for (const id of whose) {
    const request = await requestOf(context, setup, set, made, (name) => (name === member ? most : undefined), {
      [`path:${last}`]: id,
    });
    const exchange = await asFellow(request);
    const thing = { id: made.id, sent: made.sent };
    const about = { operation: set.id, kind: 'raise' as const, made: thing, exchange };
    if (status(exchange) === 403) {
      // By who rules the place it is done.
      const byOwner = await setup.instance.send(request);
      return { ...about, grounds: [], before: null, after: null, owner: byOwner, shown: [added] };
    }
    if (!isGranted(exchange)) continue;
    for (const { request: again, before } of closed) {
      const after = await asFellow(again);
      if (isGranted(after)) return { ...about, grounds: ['role'], before, after, owner: null, shown: [added] };
    }
  }
  return null;
}

function isWhose(name: string): boolean {
  return /^(?:user|account|person|member)_?(?:uu)?id$/i.test(name);
}

/** A request that says as little as may be, in this place. */
async function requestOf(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
  made: Made,
  valueOf: (name: string) => Json | undefined,
  pins: Readonly<Record<string, Json>> = {},
): Promise<RequestSpec> {
  const [plain] = plainCases(context, operation).take(1);
  if (plain === undefined) throw new SetupFailed(`no valid request can be generated for ${operation.id}`);
  const bare = bareRequest(context.contract, operation, plain);
  const names = [...propertiesOf(jsonContentOf(operation)?.schema, context.contract.definitions).keys()];
  const body: Record<string, Json> = {};
  for (const name of names) {
    const value = valueOf(name);
    if (value !== undefined) body[`body:/${name}`] = value;
  }
  const said = Object.entries(body).reduce((request, [target, value]) => pinned(request, target, value), bare);
  const where = placeOf(setup, operation, made);
  return withoutConditions(encodeRequest(operation, await setup.bind(operation, said, { ...body, ...where, ...pins })));
}

function placeOf(setup: Setup, { id }: Operation, made: Made): Readonly<Record<string, Json>> {
  const [at] = setup
    .bindingsOf(id)
    .filter(({ target, resource }) => target.startsWith('path:') && resource === made.resource);
  return at === undefined ? {} : { [at.target]: made.id };
}

/** What is done with the place, and refuses them at this moment. */
async function closedTo(
  context: ProbeContext,
  setup: Setup,
  place: Resource,
  made: Made,
  besides: readonly string[],
  asFellow: (request: RequestSpec) => Promise<Exchange>,
): Promise<readonly { readonly request: RequestSpec; readonly before: Exchange }[]> {
  const rank = ({ id }: Operation): number => ([place.patch, place.replace].includes(id) ? 0 : 1);
  const onPlace = context.contract.operations.filter(
    ({ id, method, path, responses }) =>
      /^(PATCH|PUT|POST)$/.test(method) &&
      path.split('{').length === 2 &&
      ![...besides, place.create].includes(id) &&
      responses.some(({ status: code }) => code === '403') &&
      setup.bindingsOf(id).some(({ target, resource }) => target.startsWith('path:') && resource === place.name),
  );
  const found: { readonly request: RequestSpec; readonly before: Exchange }[] = [];
  for (const operation of onPlace.toSorted((a, b) => rank(a) - rank(b)).slice(0, mostClosed)) {
    try {
      const request = withoutConditions(await setup.request(operation.id, placeOf(setup, operation, made)));
      const before = await asFellow(request);
      if (status(before) === 403) found.push({ request, before });
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
    }
  }
  return found;
}
