import {
  bodyJson,
  type Exchange,
  type Identity,
  type Json,
  type Operation,
  type ProbeContext,
  propertiesOf,
  type RequestSpec,
  type Resource,
} from '@assay/contract';
import { isDenied } from '../answers/is-denied.ts';
import { scalarsIn } from '../answers/scalars-in.ts';
import { actingAs } from '../identity/acting-as.ts';
import { isOpenToAll } from '../identity/asks-for-somebody.ts';
import { operationsForFew, operationsForRoles } from '../identity/for-few.ts';
import { operationOf } from '../requests/cases.ts';
import { jsonContentOf } from '../requests/json-body.ts';
import { withoutConditions } from '../requests/without-conditions.ts';
import { type Made, Setup, SetupFailed } from '../setup/setup.ts';
import { isSuccess, status } from '../words.ts';
import { holdsAccounts } from '../setup/accounts-elsewhere.ts';
import { isCapability } from './capability.ts';
import { makeVariant } from './made-variants.ts';
import { isOpenToReaders } from './open-to-readers.ts';
import { isOwnDeed } from './own-deed.ts';
import { ownable } from './ownable.ts';
import type { Trespass } from './trespass.ts';

type Kind = 'read' | 'act' | 'change' | 'delete';

/** An operation that takes a thing's id elsewhere than in its path, and does what can be seen afterwards. */
interface Elsewhere {
  readonly operation: Operation;
  readonly kind: Kind;
  /** `query:ids`, `body:/noteId`, `body:/ids/0` */
  readonly target: string;
}

/** In this order: what is deleted is there no more for what comes after it. */
const kinds: readonly Kind[] = ['read', 'act', 'change', 'delete'];
/** How many operations are tried for things of one kind, and how many things are made until one is closed to others. */
const [most, mostThings] = [6, 2];
const finds = /^(search|find|lookup|query|by[-_]?ids?|details?|get|batch|bulk|export|download)$/i;
const deletes = /^((bulk|batch|multi|mass)[-_]?)?(delete|remove|destroy)([-_]?(bulk|batch|many|multiple))?$/i;

/**
 * Has somebody read, change and delete what another one made, by its id in a query or a body: `DELETE /notes?ids=`, `POST /notes/archive {noteId}`. Tried is only what the
 * other one may not read at its own address, and only what its owner sees afterwards, or what tells texts that its owner sent, counts.
 */
export async function namedElsewhere(
  context: ProbeContext,
  owner: Identity,
  other: Identity,
): Promise<readonly Trespass[]> {
  const forRoles = await operationsForRoles(context);
  const forFew = await operationsForFew(context);
  const tried: Trespass[] = [];
  for (const resource of ownable(context)) {
    if (context.signal.aborted) return tried;
    if (holdsAccounts(context, resource) || forRoles.has(resource.create ?? '')) continue;
    const places = placesFor(context, resource).filter(({ operation }) => !forFew.has(operation.id));
    if (places.length === 0) continue;
    const setup = new Setup(context, actingAs(context.backend, owner, forRoles));
    try {
      tried.push(...(await onPlaces(context, setup, resource, places.slice(0, most), owner, other)));
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
    }
  }
  return tried;
}

function placesFor({ contract, shape }: ProbeContext, resource: Resource): readonly Elsewhere[] {
  if (resource.create === null || resource.read === null) return [];
  const home = operationOf(contract, resource.create).path;
  const known = [resource.create, resource.read, resource.replace, resource.patch, resource.remove];
  return contract.operations
    .flatMap((operation) => {
      const bound = (shape.bindings[operation.id] ?? []).filter((one) => one.resource === resource.name);
      const kind = kindOf(operation, home);
      const isElsewhere = operation.soap === null && bound.every(({ target }) => !target.startsWith('path:'));
      if (kind === null || !isElsewhere || known.includes(operation.id) || isOpenToAll(operation, contract)) return [];
      const target = bound[0]?.target ?? (isAt(operation, home) ? ownIdIn(operation, contract.definitions) : undefined);
      return target === undefined ? [] : [{ operation, kind, target }];
    })
    .toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
}

/** Null for what need not be for the owner alone, such as to order a thing, or to list what belongs to it. */
function kindOf(operation: Operation, home: string): Kind | null {
  const { method, path } = operation;
  const last = path.split('/').at(-1) ?? '';
  if (method === 'GET') return path === home || (isAt(operation, home) && finds.test(last)) ? 'read' : null;
  if (method === 'DELETE' || (method === 'POST' && deletes.test(last))) return 'delete';
  if (isOwnDeed(operation)) return 'act';
  return /^(PUT|PATCH)$/.test(method) && path === home ? 'change' : null;
}

function isAt({ path }: Operation, home: string): boolean {
  return path === home || path.startsWith(`${home}/`);
}

/** `id` and `ids` below the path of a kind of things are theirs. */
function ownIdIn(operation: Operation, definitions: ProbeContext['contract']['definitions']): string | undefined {
  const names = [...propertiesOf(jsonContentOf(operation)?.schema, definitions).keys()];
  const name = names.find((one) => /^_?ids?$/i.test(one));
  return name === undefined ? undefined : `body:/${name}${/s$/i.test(name) ? '/0' : ''}`;
}

async function onPlaces(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  places: readonly Elsewhere[],
  owner: Identity,
  other: Identity,
): Promise<readonly Trespass[]> {
  const { backend } = context;
  const as = (identity: Identity, request: RequestSpec): Promise<Exchange> =>
    backend.send({ ...request, as: identity });
  const tried: Trespass[] = [];
  let closed = await closedThing(context, setup, resource, owner, other);
  for (const { operation, kind, target } of places) {
    if (closed === null || context.signal.aborted) break;
    const { made, reading, refused } = closed;
    const request = await requestFor(setup, operation, target, made);
    if (request === null) continue;
    const mine = kind === 'read' ? await as(owner, request) : null;
    const exchange = await as(other, request);
    const after = kind === 'read' ? null : await as(owner, reading);
    const isShown = mine === null || tellsSent(exchange, mine, made);
    const isOpen = kind === 'read' && isOpenToReaders([operation], made, bodyJson(mine?.response?.body));
    const byOwner = mine ?? (kind !== 'delete' && isDenied(exchange) ? await as(owner, request) : null);
    tried.push({
      operation: operation.id,
      kind,
      made: { id: made.id, sent: made.sent },
      // Of what is done with it, only that its owner sees it done counts, and not that the answer says something.
      grounds: !isShown || isOpen ? [] : [status(refused) === 404 && kind !== 'act' ? 'hidden' : 'read'],
      exchange,
      before: mine ?? closed.before,
      after,
      owner: byOwner,
      shown: [refused],
    });
    if (after !== null) closed = await closedThing(context, setup, resource, owner, other);
  }
  return tried;
}

interface Closed {
  readonly made: Made;
  readonly reading: RequestSpec;
  /** As its owner reads it, and as the other one is refused. */
  readonly before: Exchange;
  readonly refused: Exchange;
}

/** A thing that its owner reads and the other one may not; null where there is none. */
async function closedThing(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  owner: Identity,
  other: Identity,
): Promise<Closed | null> {
  for (let variant = 0; variant < mostThings; variant += 1) {
    const made = await makeVariant(context, setup, resource, owner, variant);
    if (made === null) return null;
    const own = { [`path:${resource.idParameter ?? ''}`]: made.id };
    if (isCapability(resource.idParameter ?? '', made.id, made)) return null;
    const reading = withoutConditions(await setup.request(resource.read ?? '', own));
    const before = await context.backend.send({ ...reading, as: owner });
    const refused = await context.backend.send({ ...reading, as: other });
    if (isSuccess(before) && isDenied(refused)) return { made, reading, before, refused };
  }
  return null;
}

/** The request with the thing's id alone at the place; null where it cannot be made, or does not hold it. */
async function requestFor(
  setup: Setup,
  operation: Operation,
  target: string,
  { id }: Made,
): Promise<RequestSpec | null> {
  const list = target.endsWith('/0') ? { [target.slice(0, -2)]: [id] } : {};
  try {
    const request = withoutConditions(await setup.request(operation.id, { ...list, [target]: id }));
    const text = `${decodeURIComponent(request.target)} ${typeof request.body === 'string' ? request.body : ''}`;
    return text.includes(String(id)) ? request : null;
  } catch (error) {
    if (!(error instanceof SetupFailed)) throw error;
    return null;
  }
}

/** Whether an answer tells a text that its owner sent, where the owner is told it too: what names the thing alone may be for all. */
function tellsSent(got: Exchange, mine: Exchange, { sent }: Made): boolean {
  const texts = (value: unknown): readonly (string | number | boolean)[] =>
    scalarsIn(value).map(({ value: one }) => one);
  const [theirs, own] = [got, mine].map(({ response }) => new Set(texts(bodyJson(response?.body))));
  return texts(sent as Json | undefined).some(
    (one) => typeof one === 'string' && one.length >= 6 && theirs?.has(one) === true && own?.has(one) === true,
  );
}
