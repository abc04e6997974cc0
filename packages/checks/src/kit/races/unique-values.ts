import {
  encodeRequest,
  type Exchange,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestCase,
  valueAt,
} from '@assay/contract';
import { memberOf } from '../answers/counterpart.ts';
import { accountMakers } from '../identity/account-makers.ts';
import { operationOf, plainCases, textsOf } from '../requests/cases.ts';
import { isIdempotencyKey } from '../requests/is-idempotency-key.ts';
import { jsonContentOf, stringPlaces } from '../requests/json-body.ts';
import { isPassword } from '../requests/secret-inputs.ts';
import { numberPlaces, withUniqueNumber } from '../requests/unique-numbers.ts';
import { withUniqueTexts } from '../requests/unique-texts.ts';
import { placeIn, thingIn } from '../requests/wrapped-body.ts';
import { type Setup, SetupFailed } from '../setup/setup.ts';
import { isCarriedOut, isRefusal, isSuccess, outcome } from '../words.ts';
import type { Prepared } from './trial.ts';

/** A value that two requests share, and which only one of them may have. */
export interface UniqueValue {
  readonly operation: string;
  /** `email`, or the name of the header field that carries a key. */
  readonly value: string;
  readonly kind: 'member' | 'key';
  /** Two requests with one new value. */
  prepare(): Promise<Prepared>;
}

/** How many requests are tried until one is accepted. */
const attempts = 4;

export type UniqueSource = () => Promise<UniqueValue | null>;

/** Where unique values may be found: in what is created, in who signs up or is given an account, and in keys that name a request. Each looks when it is called. */
export function uniqueSources(context: ProbeContext, setup: Setup): readonly UniqueSource[] {
  const signUp = context.shape.signIn?.signUp?.operation ?? null;
  const creates = [...new Set([...context.shape.resources.map(({ create }) => create), signUp])].flatMap((create) =>
    create === null ? [] : [operationOf(context.contract, create)],
  );
  const keyed = context.contract.operations.filter(
    ({ method, parameters }) => method === 'POST' && parameters.some(isIdempotencyKey),
  );
  const makers = accountMakers(context)
    .map(({ operation }) => operation)
    .filter((operation) => !creates.includes(operation) && jsonContentOf(operation) !== null);
  return [
    ...creates
      .filter((operation) => jsonContentOf(operation) !== null)
      .map((operation) => () => uniqueMember(context, setup, operation)),
    // Whoever may not make an account for somebody else is told so, and that is in order.
    ...makers.map((operation) => () => uniqueMember(context, setup, operation).catch(noneIfNotMade)),
    ...keyed.map((operation) => () => uniqueKey(context, setup, operation)),
  ];
}

function noneIfNotMade(error: unknown): null {
  if (error instanceof SetupFailed) return null;
  throw error;
}

/**
 * A member of the body that is refused the second time, and accepted when only it is another; where several are unique, one that is refused when all the others
 * are new. Null when nothing is refused.
 */
async function uniqueMember(context: ProbeContext, setup: Setup, operation: Operation): Promise<UniqueValue | null> {
  const { request: made, answer } = await acceptedCase(context, setup, operation);
  const send = async (request: RequestCase) =>
    setup.instance.send(encodeRequest(operation, setup.freshKey(operation, request)));
  if (!isRefusal(await send(made))) return null;
  // What a queue does with two of them, no answer tells.
  if (!isCarriedOut(answer)) throw new SetupFailed(`${outcome(answer)}, which only accepts it`, answer);
  const body = made.body?.value as Json | undefined;
  // One that was used before may be refused for that, but others may have it.
  const texts = (body === undefined || typeof body === 'string' ? [] : stringPlaces(body)).filter(
    (place) => !isPassword({ name: memberOf(place), schema: {} }),
  );
  const numbers =
    body === undefined ? [] : [...new Set([...numberPlaces(body), ...calledBy(context, operation, body)])];
  const renewed = (request: RequestCase, which: (place: string) => boolean): RequestCase =>
    numbers
      .filter(which)
      .reduce(
        (changed, place) => withUniqueNumber(context, operation, changed, place),
        withUniqueTexts(context, operation, request, { which, likely: true }),
      );
  const member = (place: string, renew: (request: RequestCase) => RequestCase): UniqueValue => ({
    operation: operation.id,
    value: place.slice(1),
    kind: 'member',
    prepare: async () => {
      const fresh = renewed(made, (at) => at === place);
      const spec = (request: RequestCase) => encodeRequest(operation, setup.freshKey(operation, request));
      return { first: spec(renew(fresh)), second: spec(renew(fresh)), look: nothingToRead };
    },
  });
  const places = [...texts, ...numbers];
  for (const place of places) {
    const other = renewed(made, (at) => at === place);
    if (other !== made && isSuccess(await send(other))) return member(place, (request) => request);
  }
  if (places.length < 2 || !isSuccess(await send(renewed(made, () => true)))) return null;
  for (const place of places) {
    const others = (request: RequestCase) => renewed(request, (at) => at !== place);
    if (renewed(made, (at) => at === place) !== made && isRefusal(await send(others(made))))
      return member(place, others);
  }
  return null;
}

/** Where a client says itself by which number the thing is called. */
function calledBy({ shape }: ProbeContext, operation: Operation, body: Json): readonly string[] {
  const wrapped = thingIn(body);
  return shape.resources.flatMap(({ create, idParameter }) =>
    create === operation.id && idParameter !== null && Number.isInteger(wrapped.thing[idParameter])
      ? [placeIn(wrapped, idParameter)]
      : [],
  );
}

/** A key that names one request and is refused for another. Null when it is not refused. */
async function uniqueKey(context: ProbeContext, setup: Setup, operation: Operation): Promise<UniqueValue | null> {
  const name = operation.parameters.find(isIdempotencyKey)?.name ?? '';
  const { request: one } = await acceptedCase(context, setup, operation);
  for (const next of plainCases(context, operation, 'other').take(attempts)) {
    const bindings = Object.fromEntries(
      setup.bindingsOf(operation.id).flatMap(({ target }) => {
        const value = valueOf(one, target);
        return value === undefined ? [] : [[target, value] as const];
      }),
    );
    const other = await setup.bind(operation, next, bindings);
    if (JSON.stringify(other.body?.value) === JSON.stringify(one.body?.value)) continue;
    // With a key of its own it is accepted; so what refuses it otherwise is the key.
    if (!isSuccess(await setup.instance.send(encodeRequest(operation, other)))) continue;
    return {
      operation: operation.id,
      value: name,
      kind: 'key',
      prepare: async () => {
        const first = setup.freshKey(operation, one);
        const key = first.headers[name] ?? '';
        const second = { ...other, headers: { ...other.headers, [name]: key } };
        return {
          first: encodeRequest(operation, first),
          second: encodeRequest(operation, second),
          look: nothingToRead,
        };
      },
    };
  }
  return null;
}

function valueOf(request: RequestCase, target: string): Json | undefined {
  const colon = target.indexOf(':');
  const [place, name] = [target.slice(0, colon), target.slice(colon + 1)];
  if (place === 'path') return request.path[name];
  if (place !== 'body') return undefined;
  const body = request.body?.value as Json | undefined;
  return body === undefined ? undefined : valueAt(body, name);
}

interface Accepted {
  readonly request: RequestCase;
  readonly answer: Exchange;
}

async function acceptedCase(context: ProbeContext, setup: Setup, operation: Operation): Promise<Accepted> {
  let last = '';
  // The fullest first: what may be left out may be what only one can have.
  const cases = [...plainCases(context, operation).take(2 * attempts)].toSorted((a, b) => textsOf(b) - textsOf(a));
  for (const next of cases.slice(0, attempts)) {
    if (context.signal.aborted) break;
    const request = await setup.bind(operation, withUniqueTexts(context, operation, next, { likely: true }));
    const exchange = await setup.instance.send(encodeRequest(operation, request));
    if (isSuccess(exchange)) return { request, answer: exchange };
    last = `: the last one answered ${exchange.response?.status ?? exchange.error?.kind}`;
  }
  throw new SetupFailed(`${operation.id} accepted no request${last}`);
}

async function nothingToRead() {
  return { facts: {}, reads: [] };
}
