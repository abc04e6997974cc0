import { bodyJson, type Contract, type Json, type Operation, type ProbeContext, type Resource } from '@assay/contract';
import { isSuccess } from '../words.ts';
import { ownElsewhere } from './accounts-elsewhere.ts';
import { idOf } from './id-of.ts';
import type { Made } from './made.ts';
import type { Setup } from './setup.ts';

/** Whether it is made by signing up: often nobody but itself can read it, and that somebody else finds nothing says nothing of it. */
export function isAccount({ shape }: Pick<ProbeContext, 'shape'>, { create }: Pick<Resource, 'create'>): boolean {
  return create !== null && create === shape.signIn?.signUp?.operation;
}

/** Whether whoever reads a thing need not be the one who made it: it is an account, or made by somebody with a role. */
export function mayBeHidden(context: Pick<ProbeContext, 'shape' | 'contract'>, resource: Resource): boolean {
  const rolesOf = (id: string | null): string =>
    (context.contract.operations.find((operation) => operation.id === id)?.roles ?? []).toSorted().join();
  return isAccount(context, resource) || rolesOf(resource.create) !== rolesOf(resource.read);
}

/** Whether accounts are hidden from others: found out once in a run. */
const known = new WeakMap<Contract, Promise<boolean>>();

/**
 * The account of whoever sends the requests, where it is the only one that the operation can name: that they can read (`GET /members/{id}` is 404 for
 * everybody else's), or that the contract lets anybody know of, since accounts are made elsewhere. Null where there are others, or there is none.
 */
export async function onlyAccount(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  { id, method }: Operation,
): Promise<Made | null> {
  if (method === 'DELETE') return null;
  if (resource.create === null) {
    // Anything else could take a role from whoever asks, or keep them from signing in.
    const isHarmless = method === 'GET' || context.shape.resources.some(({ create }) => create === id);
    return isHarmless ? ownElsewhere(context, setup, resource) : null;
  }
  if (!isAccount(context, resource) || resource.read === null) return null;
  const own = await usualAccount(context, setup, resource);
  if (own === null) return null;
  let hidden = known.get(context.contract);
  if (hidden === undefined) {
    hidden = areHidden(context, setup, resource, own);
    known.set(context.contract, hidden);
  }
  return (await hidden) ? own : null;
}

async function usualAccount({ identities }: ProbeContext, setup: Setup, resource: Resource): Promise<Made | null> {
  const usual = await identities.usual(setup.instance);
  if (usual === null || 'unavailable' in usual) return null;
  const exchange = usual.exchanges.find(({ operation }) => operation === resource.create);
  const body = bodyJson(exchange?.response?.body) as Json | undefined;
  const id = exchange === undefined ? undefined : idOf(resource, exchange, body);
  if (exchange === undefined || id === undefined) return null;
  return { resource: resource.name, id, body, sent: undefined, exchange };
}

async function areHidden(context: ProbeContext, setup: Setup, resource: Resource, own: Made): Promise<boolean> {
  const canRead = async (id: Json): Promise<boolean> => {
    const request = await setup.request(resource.read ?? '', { [`path:${resource.idParameter ?? 'id'}`]: id });
    return isSuccess(await setup.instance.send(request));
  };
  const other = await context.identities.another(setup.instance);
  const exchange =
    'unavailable' in other ? undefined : other.exchanges.find((one) => one.operation === resource.create);
  const body = bodyJson(exchange?.response?.body) as Json | undefined;
  const id = exchange === undefined ? undefined : idOf(resource, exchange, body);
  return id !== undefined && !(await canRead(id)) && (await canRead(own.id));
}
