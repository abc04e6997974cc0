import {
  bodyJson,
  encodeRequest,
  type Exchange,
  type Identity,
  isJsonObject,
  type Json,
  type JsonObject,
  type Operation,
  type ProbeContext,
  propertiesOf,
  type RequestCase,
} from '@assay/contract';
import { isGrantedBeside } from '../answers/granted.ts';
import { actingAs } from '../identity/acting-as.ts';
import { plainRole } from '../identity/roles-of.ts';
import { isSignedUp } from '../identity/sign-up-again.ts';
import { roleForSeveral } from '../identity/stated-role.ts';
import { plainCases } from '../requests/cases.ts';
import { jsonContentOf } from '../requests/json-body.ts';
import { withoutConditions } from '../requests/without-conditions.ts';
import { accountOf, holdsAccounts } from '../setup/accounts-elsewhere.ts';
import type { Asked } from './asked.ts';
import { Setup, SetupFailed } from '../setup/setup.ts';
import { status } from '../words.ts';
import { innermost } from './same-thing.ts';

/** How many requests are made until one says all, and how many pairs of them are sent. */
const [mostCases, mostPairs] = [200, 3];

/**
 * Has somebody without the role do all of what an operation of several things does: "Change the room or the capacity (staff)". Told is who is refused, and who
 * changes every property of it, twice over and to other values, so that nothing is left which the words could be said of. Asked is only where the same role is needed to make,
 * list, change or delete the same kind of thing, and that refused whoever has not got it.
 * @param forbidding what did @param own roles that newcomers have @param newcomer somebody who may become anything meanwhile
 */
export async function severalThings(
  context: ProbeContext,
  forbidding: readonly Asked[],
  own: ReadonlySet<string>,
  newcomer: () => Promise<Identity | { readonly unavailable: string }>,
): Promise<readonly Asked[]> {
  const wanted = context.contract.operations.flatMap((operation) => {
    const role = context.focus === null || context.focus === operation.id ? roleForSeveral(operation, context) : null;
    const isForbidden = forbidding.some(
      (one) => role !== null && one.roles.includes(role) && isOfOneKind(context, one.operation, operation.id),
    );
    return role !== null && isForbidden && !own.has(plainRole(role)) ? [{ operation, role }] : [];
  });
  const someone = wanted.length === 0 ? null : await newcomer();
  // What somebody may do whom the settings name is not known.
  if (someone === null || 'unavailable' in someone || !isSignedUp(context, someone)) return [];
  const found: Asked[] = [];
  // Whoever changes an account may be somebody else afterwards.
  for (const { operation, role } of wanted.toSorted(
    (a, b) => Number(isOnPeople(context, a)) - Number(isOnPeople(context, b)),
  )) {
    if (context.signal.aborted) break;
    try {
      const ordinary = await allOf(context, operation, someone);
      if (ordinary === null) continue;
      found.push({ operation: operation.id, roles: [role], ordinary });
      if (status(ordinary) !== 403 && isOnPeople(context, { operation })) break;
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
    }
  }
  return found;
}

function isOfOneKind({ shape }: ProbeContext, one: string, other: string): boolean {
  return shape.resources.some(({ name, create, read, replace, patch, remove, lists }) => {
    const ids = [create, read, replace, patch, remove, ...lists.map(({ operation }) => operation)];
    const isOn = (shape.bindings[other] ?? []).some((at) => at.resource === name && at.target.startsWith('path:'));
    return ids.includes(one) && (ids.includes(other) || isOn);
  });
}

function isOnPeople(context: ProbeContext, { operation }: { readonly operation: Operation }): boolean {
  return peopleIn(context, operation).length > 0;
}

/** Places in its path that stand for somebody. */
function peopleIn(context: ProbeContext, { id }: Operation) {
  return (context.shape.bindings[id] ?? []).flatMap(({ target, resource: name }) => {
    const resource = context.shape.resources.find((one) => one.name === name);
    return resource !== undefined && target.startsWith('path:') && holdsAccounts(context, resource)
      ? [{ target, resource }]
      : [];
  });
}

/** The refusal, or the last answer when all of it was done; null when it is not clear. */
async function allOf(context: ProbeContext, operation: Operation, someone: Identity): Promise<Exchange | null> {
  const setup = new Setup(context);
  const pins: Record<string, Json> = {};
  // What is done to others may keep them from signing in.
  for (const { target, resource } of peopleIn(context, operation)) {
    const theirs = new Setup(context, actingAs(context.backend, someone));
    const account = await accountOf(context, theirs, resource, someone);
    if (account === null) return null;
    pins[target] = account.id;
  }
  const send = async (request: RequestCase): Promise<Exchange> => {
    const spec = withoutConditions(encodeRequest(operation, await setup.bind(operation, request, pins)));
    return context.backend.send({ ...spec, as: someone });
  };
  if (operation.requestBody === null) {
    const [plain] = plainCases(context, operation).take(1);
    const exchange = plain === undefined ? null : await send(plain);
    return exchange !== null && (status(exchange) === 403 || isGrantedBeside(exchange, null)) ? exchange : null;
  }
  for (const pair of pairsOf(context, operation)) {
    let last: Exchange | null = null;
    for (const request of pair) {
      last = await send(request);
      if (status(last) === 403) return last;
      if (!(await showsAll(context, operation, last))) {
        last = null;
        break;
      }
    }
    if (last !== null) return last;
  }
  return null;
}

/** Two requests at a time that say all there is to say, and nothing that the other one says. */
function pairsOf(context: ProbeContext, operation: Operation): readonly (readonly [RequestCase, RequestCase])[] {
  const names = [...propertiesOf(jsonContentOf(operation)?.schema, context.contract.definitions).keys()];
  const bodyOf = ({ body }: RequestCase): JsonObject => (isJsonObject(body?.value) ? body.value : {});
  const full = [...plainCases(context, operation, 'several').take(mostCases)].filter((one) =>
    names.every((name) => name in bodyOf(one)),
  );
  const isOther = (one: RequestCase, other: RequestCase): boolean =>
    names.every((name) => JSON.stringify(bodyOf(one)[name]) !== JSON.stringify(bodyOf(other)[name]));
  const pairs: (readonly [RequestCase, RequestCase])[] = [];
  for (const one of names.length === 0 ? [] : full) {
    const other = full.find((each) => isOther(one, each));
    if (other !== undefined) pairs.push([one, other]);
    if (pairs.length === mostPairs) break;
  }
  return pairs;
}

/** Whether all that was sent is there: in the answer, or where it says nothing, in what is read at the same address. */
async function showsAll(context: ProbeContext, { path }: Operation, exchange: Exchange): Promise<boolean> {
  if (!isGrantedBeside(exchange, null)) return false;
  const sent = bodyJson(exchange.request.body);
  const answered = innermost(bodyJson(exchange.response?.body));
  const read = context.contract.operations.find((one) => one.method === 'GET' && one.path === path);
  const { target } = exchange.request;
  const shown = isJsonObject(answered)
    ? answered
    : read === undefined
      ? undefined
      : innermost(bodyJson((await context.backend.send({ method: 'GET', target, operation: read.id })).response?.body));
  return (
    isJsonObject(sent) &&
    isJsonObject(shown) &&
    Object.entries(sent).every(([name, value]) => JSON.stringify(shown[name]) === JSON.stringify(value))
  );
}
