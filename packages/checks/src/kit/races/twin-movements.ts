import type { Exchange, Json, Operation, ProbeContext, RequestCase } from '@assay/contract';
import { decimalPlaces, multiplied } from '../answers/decimals.ts';
import { plainCases } from '../requests/cases.ts';
import { isValidBody, jsonContentOf } from '../requests/json-body.ts';
import { withModestNumbers } from '../requests/modest-numbers.ts';
import { pinned } from '../requests/pin.ts';
import { feedings, saysHowMuch } from '../setup/feeding.ts';
import { secondTry } from '../setup/second-try.ts';
import { type Setup, SetupFailed } from '../setup/setup.ts';
import { isCarriedOut, isRefusal, isSuccess, outcome } from '../words.ts';
import { claimSubjects, isTaken, mayBeScarce } from './claims.ts';
import {
  canBeOthers,
  type Movement,
  type MovementOptions,
  partiesOf,
  prepareMovement,
  renamed,
  twice,
} from './movement.ts';
import { quotaSubjects } from './quotas.ts';
import type { Subject } from './twin-updates.ts';

/** How many requests are tried until one is accepted. */
const attempts = 6;
/** How often an amount is multiplied by ten, and then by about two, to find one that is accepted once and not twice. */
const coarse = 14;
const fine = 5;

/**
 * Operations that act on things of other kinds, by an id in their path or body: a transfer on its accounts, an order on a product. Those that say
 * how much come first, then those that take from what there is a number of.
 */
export function movements(context: ProbeContext): readonly Operation[] {
  const all = context.contract.operations.filter(
    (operation) => operation.method === 'POST' && partiesOf(context, operation).length > 0,
  );
  const rank = (operation: Operation) =>
    saysHowMuch(context, operation) ? 0 : mayBeScarce(context, operation) ? 1 : 2;
  return all.toSorted((one, other) => rank(one) - rank(other));
}

/**
 * The same request twice on the same things: what both did together must be what both do in turn. Throws SetupFailed, which ends what could be tried, and takes
 * back nothing.
 */
export async function* movementSubjects(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
): AsyncGenerator<Subject> {
  const movement = await repeatable(context, setup, await acceptedMovement(context, setup, operation));
  const subject = (
    kind: 'sum' | 'limit',
    what: string,
    request: RequestCase,
    options: MovementOptions = {},
  ): Subject => ({
    operation: operation.id,
    kind,
    what,
    prepare: () => prepareMovement(context, setup, { ...movement, request }, options),
  });
  yield subject('sum', 'both on the same things', movement.request);
  // The row that holds the sum may be there only once something was moved.
  yield subject('sum', 'both on the same things, on which the same was done before', movement.request, { earlier: 1 });
  // What one can do only once (to like an article) is counted for two.
  if (!saysHowMuch(context, operation) && (await canBeOthers(context, setup)))
    yield subject('sum', 'both on the same things, by two people', movement.request, { who: 'two newcomers' });
  const limit = await findLimit(context, setup, movement);
  if (limit !== null) {
    yield subject('limit', 'both on the same things, with enough for one of them', limit);
    return;
  }
  yield* await claimSubjects(context, setup, movement);
  yield* await quotaSubjects(context, setup, movement);
}

/** A request that is accepted, with how what it names had to be fed before. */
async function acceptedMovement(context: ProbeContext, setup: Setup, operation: Operation): Promise<Movement> {
  let last = '';
  const [first, ...more] = plainCases(context, operation).take(attempts);
  const again = first === undefined ? [] : [first, secondTry(context, operation, first, 1)];
  for (const request of [...again, ...more]) {
    const feeders = [null, ...feedings(context, operation)];
    for (const feeder of feeders) {
      if (context.signal.aborted) break;
      const feeding = feeder === null ? null : { operation: feeder, request };
      const prepared = await prepareMovement(context, setup, { operation, request, feeding });
      const sent = await setup.instance.send(prepared.first);
      // What nothing feeds may have to be made ready first, as an event is published.
      const helped =
        isSuccess(sent) || feeder !== feeders.at(-1)
          ? null
          : await setup.readyings.sent(setup, operation, await prepared.bound(request));
      const exchange = helped ?? sent;
      if (isCarriedOut(exchange)) return { operation, request, feeding };
      // What a queue does with two of them, no answer tells.
      if (isSuccess(exchange)) throw new SetupFailed(`${outcome(exchange)}, which only accepts it`, exchange);
      // Things of this kind may be such that nothing can be done with them, as a copy that is being mended.
      setup.fellows.forget();
      last = `: the last one answered ${exchange.response?.status ?? exchange.error?.kind}`;
    }
  }
  throw new SetupFailed(`${operation.id} accepted no request${last}`);
}

/** The movement with other texts each time, or with small numbers, where that makes it accepted twice. */
async function repeatable(context: ProbeContext, setup: Setup, movement: Movement): Promise<Movement> {
  // Of things that are there already even the first may be refused.
  const refused = (await twice(context, setup, movement)).find((exchange) => !isSuccess(exchange));
  if (refused === undefined || !isTaken(refused)) return movement;
  const { operation, request } = movement;
  const bound = setup.bindingsOf(operation.id).map(({ target }) => target);
  const modest = withModestNumbers(context.contract, operation, request, bound);
  const again = (same: RequestCase) => renamed(context, movement, same);
  // Of little there is enough for many rounds, also where all are on the same things.
  const others = [...(modest === request ? [] : [{ ...movement, request: modest, again }]), { ...movement, again }];
  for (const other of others) if ((await twice(context, setup, other)).every(isSuccess)) return other;
  return movement;
}

/** The request with an amount that is accepted once and refused the second time; null when none of its numbers has such a limit. */
async function findLimit(context: ProbeContext, setup: Setup, movement: Movement): Promise<RequestCase | null> {
  const { operation, request: accepted } = movement;
  const content = jsonContentOf(operation);
  const body = accepted.body?.value as Json | undefined;
  // The id of a thing is no amount of anything.
  const bound = setup.bindingsOf(operation.id).map(({ target }) => target);
  const [amount] = decimalPlaces(body).filter(
    ({ place, value }) => Number(value) > 0 && !bound.includes(`body:${place}`),
  );
  if (content === null || amount === undefined) return null;
  const withAmount = (value: number | string): RequestCase => pinned(accepted, `body:${amount.place}`, value);
  const isValid = (value: number | string): boolean =>
    isValidBody(context.contract, operation, withAmount(value).body?.value as Json);
  const inTurn = (value: number | string) => twice(context, setup, { ...movement, request: withAmount(value) });
  let low = amount.value;
  const [one, other] = await inTurn(low);
  if (isSuccess(one) && isRefusal(other)) return withAmount(low);
  for (let step = 0; step < coarse + fine && !context.signal.aborted; step += 1) {
    const isCoarse = step < coarse && isValid(multiplied(low, 10));
    const next = isCoarse ? multiplied(low, 10) : multiplied(low, 19, 10);
    if (!isValid(next) || next === low) return null;
    const [first, second] = await inTurn(next);
    if (isSuccess(first) && isRefusal(second)) return withAmount(next);
    if (isSuccess(first) && isSuccess(second)) low = next;
    else if (isCoarse) return refine(context, inTurn, withAmount, low);
    else return null;
  }
  return null;
}

/** From an amount that is accepted twice, in small steps, to one that is accepted once. */
async function refine(
  { signal }: ProbeContext,
  inTurn: (amount: number | string) => Promise<readonly [Exchange, Exchange]>,
  withAmount: (value: number | string) => RequestCase,
  from: number | string,
): Promise<RequestCase | null> {
  let amount = from;
  for (let step = 0; step < fine && !signal.aborted; step += 1) {
    amount = multiplied(amount, 19, 10);
    const [first, second] = await inTurn(amount);
    if (!isSuccess(first)) return null;
    if (isRefusal(second)) return withAmount(amount);
  }
  return null;
}
