import {
  encodeRequest,
  type Exchange,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestCase,
  valueAt,
} from '@assay/contract';
import { decimalPlaces } from '../answers/decimals.ts';
import { plainCases } from '../requests/cases.ts';
import { isValidBody } from '../requests/json-body.ts';
import { pinned } from '../requests/pin.ts';
import { isSuccess } from '../words.ts';
import { SetupFailed } from './made.ts';
import type { Setup } from './setup.ts';
import { Vain } from './vain.ts';

const amounts = /(amount|quantity|qty|units?|value|sum|cents|delta|credits?|points|stock)$/i;
/** How many kinds of feeding are tried for one operation. */
const mostFeedings = 3;

/**
 * Operations that may put something into what an operation takes from: a deposit into a wallet, a receipt of goods. Each acts on one thing of the
 * same kind by the id in its path, or tops up what is whoever asks' own, and has an amount in its body.
 */
export function feedings(context: ProbeContext, operation: Operation): readonly Operation[] {
  const kinds = new Set(partiesOf(context, operation).map(({ resource }) => resource));
  return context.contract.operations
    .filter((other) => {
      const [party, ...more] = partiesOf(context, other);
      const isOwn = party === undefined && /top-?_?ups?\b|deposits?\b|recharge|add-?_?funds/i.test(other.path);
      const isTheirs = party?.target.startsWith('path:') === true && kinds.has(party.resource);
      return (
        other.method === 'POST' &&
        other.id !== operation.id &&
        more.length === 0 &&
        (isOwn || isTheirs) &&
        amountOf(context, other) !== null
      );
    })
    .slice(0, mostFeedings);
}

/** What has to be put into things first, and for which request it has to be enough. */
export interface Feeding {
  readonly operation: Operation;
  readonly request: RequestCase;
}

/** Feeds each thing with several times what the request says. False when none was fed. */
export async function feed(
  context: ProbeContext,
  setup: Setup,
  { operation: feeding, request }: Feeding,
  things: readonly { readonly resource: string; readonly id: Json }[],
): Promise<boolean> {
  const [party] = partiesOf(context, feeding);
  const found = amountOf(context, feeding);
  if (found === null) return false;
  const bound = setup.bindingsOf(request.operation).map(({ target }) => target);
  const wanted = decimalPlaces(request.body?.value as Json | undefined)
    .filter(({ place }) => !bound.includes(`body:${place}`))
    .reduce<number>((most, { value }) => Math.max(most, Math.ceil(Number(value))), 0);
  const plain = found.value;
  const isValid = (value: number | string): boolean =>
    isValidBody(context.contract, feeding, pinned(found.request, `body:${found.place}`, value).body?.value as Json);
  const times = (factor: number): number | string =>
    typeof plain === 'number' ? wanted * factor : (wanted * factor).toFixed(plain.split('.')[1]?.length ?? 0);
  const amount = [20, 4, 1].map(times).find((value) => Number(value) > Number(plain) && isValid(value)) ?? plain;
  let fed = false;
  // What is whoever asks' own has no id.
  const places =
    party === undefined
      ? [{}]
      : things.filter(({ resource }) => resource === party.resource).map(({ id }) => ({ [party.target]: id }));
  for (const own of places) {
    try {
      const bound = await setup.bind(feeding, pinned(found.request, `body:${found.place}`, amount), own);
      if (isSuccess(await setup.instance.send(encodeRequest(feeding, bound)))) fed = true;
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
    }
  }
  return fed;
}

/** How often things are fed for one operation where that helped nothing. */
const vain = new Vain(2);

/** Sends a bound request that was refused again, once what it speaks of has been fed. Null when it is refused all the same, or nothing can be fed. */
export async function sentFed(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
  request: RequestCase,
): Promise<Exchange | null> {
  if (vain.isGivenUp(setup, operation)) return null;
  for (const feeder of feedings(context, operation)) {
    if (!(await feed(context, setup, { operation: feeder, request }, thingsOf(context, operation, request)))) continue;
    const exchange = await setup.instance.send(encodeRequest(operation, setup.freshKey(operation, request)));
    if (isSuccess(exchange)) return exchange;
  }
  vain.note(setup, operation);
  return null;
}

/** The things that a bound request speaks of. */
export function thingsOf(
  context: ProbeContext,
  operation: Operation,
  request: RequestCase,
): readonly { readonly resource: string; readonly id: Json }[] {
  return partiesOf(context, operation).flatMap(({ target, resource }) => {
    const name = target.slice(target.indexOf(':') + 1);
    const value = target.startsWith('path:') ? request.path[name] : valueAt(request.body?.value as Json, name);
    return typeof value === 'string' || typeof value === 'number' ? [{ resource, id: value }] : [];
  });
}

function partiesOf({ shape }: ProbeContext, { id }: Operation) {
  return (shape.bindings[id] ?? []).filter(({ target }) => /^(path|body):/.test(target));
}

/** Whether its body holds an amount. */
export function saysHowMuch(context: ProbeContext, operation: Operation): boolean {
  return amountOf(context, operation) !== null;
}

interface Amount {
  readonly request: RequestCase;
  readonly place: string;
  readonly value: number | string;
}

function amountOf(context: ProbeContext, operation: Operation): Amount | null {
  const [request] = plainCases(context, operation).take(1);
  if (request === undefined) return null;
  const found = decimalPlaces(request.body?.value as Json | undefined).find(({ place }) => amounts.test(place));
  return found === undefined ? null : { request, ...found };
}
