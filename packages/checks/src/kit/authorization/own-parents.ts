import {
  type Identity,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestSpec,
  type Resource,
} from '@assay/contract';
import { itemsOf } from '../answers/list-walk.ts';
import { actingAs } from '../identity/acting-as.ts';
import { operationOf } from '../requests/cases.ts';
import { withoutConditions } from '../requests/without-conditions.ts';
import { plainRequest } from '../setup/plain-request.ts';
import { type Made, Setup, SetupFailed } from '../setup/setup.ts';
import { sharedPath } from '../setup/whereabouts.ts';
import { accountOf, holdsAccounts } from '../setup/accounts-elsewhere.ts';
import { holdsItem } from './holds-id.ts';

/** The operation on a thing, at an address that is not the thing's; null when there is none. */
export type AtOwnParents = (operation: Operation, resource: Resource, made: Made) => Promise<RequestSpec | null>;

/**
 * Addresses of somebody's own, with the id of another one's thing at the end: `/projects/{theirs}/tasks/{another’s}`. Where whoever has the project may come in, and the
 * task is looked for by its id alone, every task is open to everybody who has a project. None for a thing that is not made in what its address names, or that
 * is in what they made as well: labels that all boards share.
 * @param forRoles operations that others are asked for as ever
 */
export function atOwnParents(context: ProbeContext, somebody: Identity, forRoles: ReadonlySet<string>): AtOwnParents {
  const setup = new Setup(context, actingAs(context.backend, somebody, forRoles));
  return async (operation, resource, made) => {
    const own = await pinsFor(context, setup, somebody, operation, resource, made);
    if (own === null) return null;
    try {
      const request = withoutConditions(await setup.request(operation.id, own));
      return (await isShared(setup, resource, made)) ? null : request;
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      return null;
    }
  };
}

/** The thing's id, and the own account's where the address names one: for the rest they make things. Null when the thing is in nothing. */
async function pinsFor(
  context: ProbeContext,
  setup: Setup,
  somebody: Identity,
  operation: Operation,
  resource: Resource,
  made: Made,
): Promise<Readonly<Record<string, Json>> | null> {
  const bindings = setup.bindingsOf(operation.id).filter(({ target }) => target.startsWith('path:'));
  const itself = bindings.filter((binding) => binding.resource === resource.name);
  const parents = bindings.filter((binding) => binding.resource !== resource.name);
  if (itself.length !== 1 || parents.length === 0 || resource.create === null) return null;
  const within = sharedPath(operationOf(context.contract, resource.create), made.exchange.request.target, operation);
  const pins: Record<string, Json> = {};
  for (const { target } of itself) pins[target] = made.id;
  for (const { target, resource: name } of parents) {
    if (within[target] === undefined) return null;
    const parent = setup.resource(name);
    if (!holdsAccounts(context, parent)) continue;
    const account = await accountOf(context, setup, parent, somebody);
    if (account === null) return null;
    pins[target] = account.id;
  }
  return pins;
}

/** Whether the thing stands in a list at the own address. */
async function isShared(setup: Setup, resource: Resource, made: Made): Promise<boolean> {
  for (const list of resource.lists) {
    const request = await plainRequest(setup, list.operation);
    if (request === null) continue;
    if (holdsItem(resource, itemsOf(list, await setup.instance.send(request)) ?? [], made.id)) return true;
  }
  return false;
}
