import {
  type Contract,
  encodeRequest,
  type Json,
  type JsonObject,
  type Operation,
  type ProbeContext,
  type RequestCase,
  type Resource,
  valueAt,
} from '@assay/contract';
import { actingAs } from '../identity/acting-as.ts';
import { ownAccount } from '../identity/own-account.ts';
import { fullest, plainCases, sayingAll } from '../requests/cases.ts';
import { isValidBody, jsonContentOf } from '../requests/json-body.ts';
import { pinned } from '../requests/pin.ts';
import { secretInputs } from '../requests/secret-inputs.ts';
import { Setup, SetupFailed } from '../setup/setup.ts';
import { isSuccess, outcome } from '../words.ts';

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

/** Everything in the name of somebody new, who may change as they like what others go by. Null when there can be nobody. */
export async function asSomebodyNew(
  context: ProbeContext,
): Promise<{ readonly context: ProbeContext; readonly setup: Setup } | null> {
  const somebody = await context.identities.another(context.backend);
  if ('unavailable' in somebody) return null;
  const own = { ...context, backend: actingAs(context.backend, somebody) };
  return { context: own, setup: new Setup(own) };
}

/** The request without passwords, as far as the contract lets them be left out: what signs somebody in shall go on doing so. */
export function withoutSecrets(contract: Contract, operation: Operation, request: RequestCase): RequestCase {
  const places = secretInputs(contract).filter((input) => input.operation.id === operation.id);
  return places.reduce((left, { place }) => {
    const pointer = place.slice('body:'.length);
    const parent = pointer.slice(0, pointer.lastIndexOf('/'));
    const holder = valueAt(left.body?.value as Json, parent) as JsonObject | undefined;
    if (holder === undefined) return left;
    const { [pointer.slice(parent.length + 1)]: _, ...rest } = holder;
    const less = pinned(left, `body:${parent}`, rest);
    return isValidBody(contract, operation, less.body?.value as Json) ? less : left;
  }, request);
}

/** Fills one's own thing with all that it may hold; returns what was sent. Throws SetupFailed when that is refused. */
export async function filledOwn(context: ProbeContext, setup: Setup, operation: Operation): Promise<Json> {
  const next = fullest(plainCases(context, operation, 'own'), sayingAll);
  if (next === null) throw new SetupFailed(`no valid request can be generated for ${operation.id}`);
  const request = await setup.bind(operation, withoutSecrets(context.contract, operation, next));
  const exchange = await context.backend.send(encodeRequest(operation, request));
  if (!isSuccess(exchange))
    throw new SetupFailed(`what is one’s own could not be filled: ${outcome(exchange)}`, exchange);
  return (request.body?.value ?? null) as Json;
}
