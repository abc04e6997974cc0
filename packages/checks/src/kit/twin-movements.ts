import {
  bodyJson,
  encodeRequest,
  type Exchange,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestCase,
  type RequestSpec,
  valueAt,
} from '@assay/contract';
import { plainCases } from './cases.ts';
import { decimalPlaces, difference, multiplied } from './decimals.ts';
import { isValidBody, jsonContentOf } from './json-body.ts';
import { feed, type Feeding, feedings } from './feeding.ts';
import { pinned } from './pin.ts';
import { readingsOf } from './readings.ts';
import { secondTry } from './second-try.ts';
import { type Setup, SetupFailed } from './setup.ts';
import type { Prepared } from './trial.ts';
import type { Subject } from './twin-updates.ts';
import { isRefusal, isSuccess } from './words.ts';

/** How many requests are tried until one is accepted. */
const attempts = 6;
/** How often an amount is multiplied by ten, and then by about two, to find one that is accepted once and not twice. */
const coarse = 14;
const fine = 5;

/** Operations that act on things of other kinds, by an id in their path or body: a transfer on its accounts, an order on a product. */
export function movements(context: ProbeContext): readonly Operation[] {
  return context.contract.operations.filter(
    (operation) => operation.method === 'POST' && partiesOf(context, operation).length > 0,
  );
}

interface Party {
  readonly target: string;
  readonly resource: string;
}

function partiesOf({ shape }: ProbeContext, { id }: Operation): readonly Party[] {
  return (shape.bindings[id] ?? []).filter(({ target, resource }) => {
    const kind = shape.resources.find(({ name }) => name === resource);
    return !target.startsWith('query:') && kind?.read != null && kind.create !== null && kind.create !== id;
  });
}

/** The same request twice on the same things: what both did together must be what both do in turn. */
export async function movementSubjects(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
): Promise<readonly Subject[]> {
  const { request: accepted, feeding } = await acceptedCase(context, setup, operation);
  const subject = (kind: 'sum' | 'limit', what: string, request: RequestCase, earlier = 0): Subject => ({
    operation: operation.id,
    kind,
    what,
    prepare: () => prepare(context, setup, operation, request, feeding, earlier),
  });
  const limit = await findLimit(context, setup, operation, accepted, feeding);
  return [
    subject('sum', 'both on the same things', accepted),
    // The row that holds the sum may be there only once something was moved.
    subject('sum', 'both on the same things, on which the same was done before', accepted, 1),
    ...(limit === null ? [] : [subject('limit', 'both on the same things, with enough for one of them', limit)]),
  ];
}

/** A request that is accepted, and how what it names had to be fed before; null when it had not. */
async function acceptedCase(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
): Promise<{ readonly request: RequestCase; readonly feeding: Feeding | null }> {
  let last = '';
  const [first, ...more] = plainCases(context, operation).take(attempts);
  const again = first === undefined ? [] : [first, secondTry(context, operation, first, 1)];
  for (const request of [...again, ...more]) {
    for (const feeder of [null, ...feedings(context, operation)]) {
      if (context.signal.aborted) break;
      const feeding = feeder === null ? null : { operation: feeder, request };
      const prepared = await prepare(context, setup, operation, request, feeding);
      const exchange = await setup.instance.send(prepared.first);
      if (isSuccess(exchange)) return { request, feeding };
      last = `: the last one answered ${exchange.response?.status ?? exchange.error?.kind}`;
    }
  }
  throw new SetupFailed(`${operation.id} accepted no request${last}`);
}

async function prepare(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
  request: RequestCase,
  feeding: Feeding | null,
  earlier = 0,
): Promise<Prepared> {
  const own: Record<string, Json> = {};
  const reads: { readonly label: string; readonly read: RequestSpec; readonly before: Json | undefined }[] = [];
  const parties: { readonly name: string; readonly resource: string; readonly id: Json }[] = [];
  for (const { target, resource } of partiesOf(context, operation)) {
    const made = await setup.makeFellow(resource);
    own[target] = made.id;
    if (feeding !== null) await feed(context, setup, feeding, [{ resource, id: made.id }]);
    parties.push({ name: target.split(/[:/]/).at(-1) ?? resource, resource, id: made.id });
  }
  const spec = async (): Promise<RequestSpec> => encodeRequest(operation, await setup.bind(operation, request, own));
  for (let number = 0; number < earlier; number += 1) await setup.instance.send(await spec());
  for (const { name, resource, id } of parties) {
    for (const { part, request: read } of await readingsOf(context, setup, resource, id))
      reads.push({ label: `${name}${part}`, read, before: bodyOf(await setup.instance.send(read)) });
  }
  return {
    first: await spec(),
    second: await spec(),
    look: async () => {
      const facts: Record<string, string> = {};
      const exchanges: Exchange[] = [];
      for (const { label, read, before } of reads) {
        const after = await setup.instance.send(read);
        exchanges.push(after);
        for (const { place, value } of decimalPlaces(bodyOf(after))) {
          const earlier = before === undefined ? undefined : valueAt(before, place);
          if (isOwnBusiness(place) || (typeof earlier !== 'number' && typeof earlier !== 'string')) continue;
          facts[`${label}${place}`] = difference(value, earlier);
        }
      }
      return { facts, reads: exchanges };
    },
  };
}

/** Members that count or date the change itself rather than what it is about. */
function isOwnBusiness(place: string): boolean {
  return (
    /(^|\/|_)(id|uuid|version|revision|etag|at|on|time|timestamp|date|epoch)$/i.test(place) ||
    /[a-z](Id|Uuid|Version|Revision|At|On|Time|Timestamp|Date|Epoch)$/.test(place)
  );
}

function bodyOf(exchange: Exchange): Json | undefined {
  return isSuccess(exchange) ? (bodyJson(exchange.response?.body) as Json | undefined) : undefined;
}

/** The request with an amount that is accepted once and refused the second time; null when none of its numbers has such a limit. */
async function findLimit(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
  accepted: RequestCase,
  feeding: Feeding | null,
): Promise<RequestCase | null> {
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
  let low = amount.value;
  const [one, other] = await twice(context, setup, operation, withAmount(low), feeding);
  if (isSuccess(one) && isRefusal(other)) return withAmount(low);
  for (let step = 0; step < coarse + fine && !context.signal.aborted; step += 1) {
    const isCoarse = step < coarse && isValid(multiplied(low, 10));
    const next = isCoarse ? multiplied(low, 10) : multiplied(low, 19, 10);
    if (!isValid(next) || next === low) return null;
    const [first, second] = await twice(context, setup, operation, withAmount(next), feeding);
    if (isSuccess(first) && isRefusal(second)) return withAmount(next);
    if (isSuccess(first) && isSuccess(second)) low = next;
    else if (isCoarse) return refine(context, setup, operation, withAmount, low, feeding);
    else return null;
  }
  return null;
}

/** From an amount that is accepted twice, in small steps, to one that is accepted once. */
async function refine(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
  withAmount: (value: number | string) => RequestCase,
  from: number | string,
  feeding: Feeding | null,
): Promise<RequestCase | null> {
  let amount = from;
  for (let step = 0; step < fine && !context.signal.aborted; step += 1) {
    amount = multiplied(amount, 19, 10);
    const [first, second] = await twice(context, setup, operation, withAmount(amount), feeding);
    if (!isSuccess(first)) return null;
    if (isRefusal(second)) return withAmount(amount);
  }
  return null;
}

async function twice(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
  request: RequestCase,
  feeding: Feeding | null,
): Promise<readonly [Exchange, Exchange]> {
  const { first, second } = await prepare(context, setup, operation, request, feeding);
  const one = await setup.instance.send(first);
  return [one, isSuccess(one) ? await setup.instance.send(second) : one];
}
