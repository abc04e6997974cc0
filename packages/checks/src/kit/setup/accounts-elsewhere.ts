import { bodyJson, type Identity, isSameNoun, type Json, type ProbeContext, type Resource } from '@assay/contract';
import { isGranted } from '../answers/granted.ts';
import { idsOf, namesThem } from '../identity/ids-of.ts';
import { isAccount } from './hidden-accounts.ts';
import { idOf } from './id-of.ts';
import { type Made, SetupFailed } from './made.ts';
import type { Setup } from './setup.ts';

const people = ['users', 'accounts', 'members', 'customers', 'clients', 'people', 'players', 'authors', 'profiles'];
/** How many ids are tried until somebody's account is found. */
const mostIds = 5;

/** People whom the contract has under a path of their own, and who are made at another: at `/auth/register`, and read at `/users/{id}`. */
export function accountsElsewhere({ shape }: Pick<ProbeContext, 'shape'>): readonly Resource[] {
  const signUp = shape.signIn?.signUp?.operation;
  if (signUp === undefined || shape.resources.some(({ create }) => create === signUp)) return [];
  return shape.resources.filter(
    ({ name, create, read, idParameter }) =>
      create === null &&
      read !== null &&
      idParameter !== null &&
      people.some((noun) => isSameNoun(noun, name.split('/').at(-1) ?? '')),
  );
}

/** Whether what is read there are the accounts of those who sign up. */
export function holdsAccounts(context: Pick<ProbeContext, 'shape'>, resource: Resource): boolean {
  return isAccount(context, resource) || accountsElsewhere(context).some(({ name }) => name === resource.name);
}

/**
 * Somebody's account: what their sign-up made, or where they are made elsewhere, the one in which they read their own login name. Null when nothing shows
 * which it is.
 */
export async function accountOf(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  somebody: Identity,
): Promise<Made | null> {
  if (resource.create === null) return accountElsewhere(context, setup, resource, somebody);
  const exchange = somebody.exchanges.find(({ operation }) => operation === resource.create);
  const id = exchange === undefined ? undefined : idOf(resource, exchange, somebody.profile);
  return exchange === undefined || id === undefined
    ? null
    : { resource: resource.name, id, body: somebody.profile, sent: undefined, exchange };
}

/** Somebody's accounts of the kinds that are made elsewhere: nothing else makes one that a request could be bound to. */
export async function accountsOf(context: ProbeContext, setup: Setup, somebody: Identity): Promise<readonly Made[]> {
  const found: Made[] = [];
  for (const resource of accountsElsewhere(context))
    found.push(...[await accountOf(context, setup, resource, somebody)].filter((made) => made !== null));
  return found;
}

/** What was found, by set-up and resource. */
const found = new WeakMap<Setup, Map<string, Made | null>>();

/**
 * The account of whoever sends the requests, of a kind that the contract makes elsewhere: nothing else makes one that a request could name. Null where they
 * are sent in the name of somebody else than usual.
 */
export async function ownElsewhere(context: ProbeContext, setup: Setup, resource: Resource): Promise<Made | null> {
  const known = found.get(setup) ?? new Map<string, Made | null>();
  found.set(setup, known);
  if (setup.instance !== context.backend || known.has(resource.name)) return known.get(resource.name) ?? null;
  // Kept when it is found, and not before: looking for it may ask for one of its kind.
  const own = await lookedFor(context, setup, resource);
  known.set(resource.name, own);
  return own;
}

async function lookedFor(context: ProbeContext, setup: Setup, resource: Resource): Promise<Made | null> {
  if (!accountsElsewhere(context).some(({ name }) => name === resource.name)) return null;
  const usual = await context.identities.usual(setup.instance);
  return usual === null || 'unavailable' in usual ? null : accountElsewhere(context, setup, resource, usual);
}

async function accountElsewhere(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  somebody: Identity,
): Promise<Made | null> {
  const ids = await idsOf(context, somebody);
  for (const id of ids.slice(0, mostIds)) {
    try {
      const request = await setup.request(resource.read ?? '', { [`path:${resource.idParameter ?? ''}`]: id });
      const exchange = await setup.instance.send({ ...request, as: somebody });
      const body = bodyJson(exchange.response?.body) as Json | undefined;
      if (!isGranted(exchange) || !namesThem(body, somebody)) continue;
      const sent = bodyJson(somebody.exchanges[0]?.request.body) as Json | undefined;
      return { resource: resource.name, id, body, sent, exchange };
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      return null;
    }
  }
  return null;
}
