import {
  type Contract,
  encodeRequest,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestCase,
  type Resource,
} from '@assay/contract';
import { actingAs } from '../identity/acting-as.ts';
import { ownAccount } from '../identity/own-account.ts';
import { leanThing } from '../requests/bare-thing.ts';
import { fullest, plainCases, sayingAll } from '../requests/cases.ts';
import { jsonContentOf } from '../requests/json-body.ts';
import { secretInputs } from '../requests/secret-inputs.ts';
import { accountOf, accountsElsewhere } from '../setup/accounts-elsewhere.ts';
import { Setup, SetupFailed } from '../setup/setup.ts';
import { isSuccess, outcome } from '../words.ts';

const isLoginName = /^(?:e[-_]?mail(?:[-_]?address)?|user[-_]?name|login|handle|nick[-_]?name)$/i;
const settings = /\/(?:settings|preferences)\/?$/i;

/**
 * What each person has one of, at an address that names nobody (`/me`, `/profile`): nobody creates it, and whoever asks reads and changes their own.
 */
export function ownThings({ operations }: Contract): readonly Resource[] {
  return operations
    .filter(({ method, path, security }) => {
      const isOwn = ownAccount.test(path) || settings.test(path);
      return method === 'GET' && isOwn && !path.includes('{') && security.some((alternative) => alternative.length > 0);
    })
    .flatMap((read) => {
      const by = (method: string): string | null =>
        operations.find((one) => one.path === read.path && one.method === method && jsonContentOf(one) !== null)?.id ??
        null;
      const [replace, patch] = [by('PUT'), by('PATCH')];
      if (replace === null && patch === null) return [];
      const none = { create: null, remove: null, lists: [], idParameter: null, idPointer: null };
      return [{ ...none, name: read.path, read: read.id, replace, patch }];
    });
}

/** Kinds of things of which each person has one that they may change: such, and accounts that are made elsewhere. */
export function ownKinds({ contract, shape }: Pick<ProbeContext, 'contract' | 'shape'>): readonly Resource[] {
  const accounts = accountsElsewhere({ shape }).filter(({ replace, patch }) => replace !== null || patch !== null);
  return [...ownThings(contract), ...accounts];
}

/** What is one's own: everything in the name of somebody new, who may change as they like what others go by. */
export interface OwnThing {
  readonly context: ProbeContext;
  readonly setup: Setup;
  readonly resource: Resource;
  /** Where a request names it: `path:id`. */
  readonly own: Readonly<Record<string, Json>>;
}

/** What somebody new has. None where there can be nobody, or nothing shows which of the accounts is theirs. */
export async function thingsOfOne(context: ProbeContext): Promise<readonly OwnThing[]> {
  const kinds = ownKinds(context);
  const somebody = kinds.length === 0 ? null : await context.identities.another(context.backend);
  if (somebody === null || 'unavailable' in somebody) return [];
  const theirs = { ...context, backend: actingAs(context.backend, somebody) };
  const setup = new Setup(theirs);
  const found: OwnThing[] = [];
  for (const resource of kinds) {
    if (resource.idParameter === null) found.push({ context: theirs, setup, resource, own: {} });
    const account = resource.idParameter === null ? null : await accountOf(theirs, setup, resource, somebody);
    if (account !== null)
      found.push({ context: theirs, setup, resource, own: { [`path:${resource.idParameter}`]: account.id } });
  }
  return found;
}

/** The request without passwords and what somebody is known by, as far as the contract lets them be left out: what signs somebody in shall go on doing so. */
export function withoutCredentials(contract: Contract, operation: Operation, request: RequestCase): RequestCase {
  const secrets = secretInputs({ ...contract, operations: [operation] }).map(({ name }) => name);
  return leanThing(contract, operation, request, (name) => isLoginName.test(name) || secrets.includes(name));
}

/** What one's own thing is filled with: all that it may hold. Null when nothing valid can be generated. */
export function fillingOf(context: ProbeContext, operation: Operation): RequestCase | null {
  const next = fullest(plainCases(context, operation, 'own'), sayingAll);
  return next === null ? null : withoutCredentials(context.contract, operation, next);
}

/** Fills one's own thing; returns what was sent. Throws SetupFailed when that is refused. */
export async function filledOwn(
  { context, setup, own }: Omit<OwnThing, 'resource'>,
  operation: Operation,
): Promise<Json> {
  const filling = fillingOf(context, operation);
  if (filling === null) throw new SetupFailed(`no valid request can be generated for ${operation.id}`);
  const request = await setup.bind(operation, filling, own);
  const exchange = await context.backend.send(encodeRequest(operation, request));
  if (!isSuccess(exchange))
    throw new SetupFailed(`what is one’s own could not be filled: ${outcome(exchange)}`, exchange);
  return (request.body?.value ?? null) as Json;
}
