import {
  isJsonObject,
  bodyJson,
  bodyText,
  type Check,
  type Contract,
  encodeRequest,
  type Exchange,
  type JsonObject,
  type Operation,
  type ProbeContext,
  type RecordedRequest,
  type RequestSpec,
} from '@assay/contract';
import { isTurnedAway } from '../kit/answers/turned-away.ts';
import { keepsElsewhere } from '../kit/database/keeps-elsewhere.ts';
import { applies, distinct, doesNotApply, judged, undecided } from '../kit/judgement.ts';
import { operationOf, plainCases } from '../kit/requests/cases.ts';
import { isIdempotencyKey } from '../kit/requests/is-idempotency-key.ts';
import { feed, feedings, thingsOf } from '../kit/setup/feeding.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, isSuccess, outcome } from '../kit/words.ts';

/** How many requests are tried until one succeeds that can be repeated. */
const attempts = 5;

interface Repeated {
  readonly operation: string;
  readonly first: Exchange;
  readonly again: Exchange;
  /** The same key with another body. */
  readonly other: Exchange | null;
  /** Two with one new key at the same time. */
  readonly together: readonly Exchange[];
  /** The first again after the backend was killed and started; null when it did not start. */
  readonly later: Exchange | null;
}

interface Evidence {
  readonly repeated: readonly Repeated[];
  readonly trouble: string | null;
}

const keyed = (operation: Operation): boolean => operation.parameters.some(isIdempotencyKey);
const keyedOperations = (contract: Contract): readonly Operation[] =>
  contract.operations.filter((operation) => operation.method === 'POST' && keyed(operation));

/** A request repeated with its Idempotency-Key happens once and is answered alike; a key is not taken for another request. */
export const check: Check<Evidence> = {
  id: 'http/idempotency-key',
  claim: 'A request repeated with its idempotency key happens once',
  skill: 'apis',
  severity: 'high',
  names: { cwe: 'CWE-837' },
  needs: [],
  instance: 'own',
  over: 'http',
  applies: (contract) =>
    keyedOperations(contract).length > 0 ? applies : doesNotApply('no operation takes an Idempotency-Key'),
  probe: async (context) => {
    const setup = new Setup(context);
    const repeated: (Omit<Repeated, 'later'> & { readonly request: RequestSpec })[] = [];
    let trouble: string | null = null;
    for (const operation of keyedOperations(context.contract)) {
      const cases = plainCases(context, operation);
      try {
        for (let attempt = 0; attempt < attempts && !context.signal.aborted; attempt += 1) {
          const [next, another] = [cases.next().value, cases.next().value];
          if (next === undefined || another === undefined) break;
          const bound = await setup.bind(operation, next);
          const request = encodeRequest(operation, bound);
          let first = await context.backend.send(request);
          for (const feeder of isSuccess(first) ? [] : feedings(context, operation)) {
            await feed(context, setup, { operation: feeder, request: bound }, thingsOf(context, operation, bound));
            first = await context.backend.send(request);
            if (isSuccess(first)) break;
          }
          if (!isSuccess(first)) {
            trouble = outcome(first);
            continue;
          }
          const again = await context.backend.send(request);
          const bindings = await setup.bind(operation, another);
          const differs = JSON.stringify(bindings.body?.value) !== JSON.stringify(bound.body?.value);
          const other = differs
            ? await context.backend.send(encodeRequest(operation, { ...bindings, headers: bound.headers }))
            : null;
          const twin = encodeRequest(operation, setup.freshKey(operation, bound));
          const together = await Promise.all([context.backend.send(twin), context.backend.send(twin)]);
          repeated.push({ operation: operation.id, request, first, again, other, together });
          break;
        }
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
        trouble = error.message;
      }
    }
    return { repeated: await repeatedLater(context, repeated), trouble };
  },
  judge: ({ repeated, trouble }, contract) => {
    if (repeated.length === 0)
      return undecided(`no request with a key succeeded: ${trouble ?? 'none could be generated'}`);
    return judged(
      repeated.flatMap((one) => complaints(one, operationOf(contract, one.operation))),
      `${count(repeated.length, 'operation')} repeated in turn${repeated.some(({ later }) => later !== null) ? ', at once and after a restart' : ' and at once'}`,
    );
  },
};

/**
 * A client repeats a request above all when the backend died before its answer came. One that keeps things in memory loses them with their keys, which is
 * for another check to tell.
 */
async function repeatedLater(
  { backend, signal }: ProbeContext,
  repeated: readonly (Omit<Repeated, 'later'> & { readonly request: RequestSpec })[],
): Promise<readonly Repeated[]> {
  const isAsked = repeated.length > 0 && !signal.aborted && !keepsElsewhere(backend);
  if (isAsked) await backend.kill();
  const ready = isAsked && !signal.aborted && (await backend.start()).ready;
  const whole: Repeated[] = [];
  for (const { request, ...one } of repeated) whole.push({ ...one, later: ready ? await backend.send(request) : null });
  return whole;
}

const detail =
  'A client that hears nothing repeats its request; the key is how the backend tells a repetition from a second wish. Without that, a lost answer becomes a second payment.';
const fix =
  'Store the key with a unique constraint, a hash of the request and the response, in the same transaction as the effect. On a repetition return the stored response; with another body answer 422.';

function complaints({ first, again, other, together, later }: Repeated, operation: Operation) {
  const tell = (key: string, title: string, exchanges: readonly Exchange[]) => ({
    key: `${operation.id} ${key}`,
    title,
    detail,
    fix,
    operation: operation.id,
    evidence: exchanges.map((exchange) => ({ kind: 'exchange' as const, exchange })),
  });
  const findings = [];
  if (!isSuccess(again) && !isTurnedAway(again) && !isKnownConflict(again, operation, together))
    findings.push(
      tell('refused', `${outcome(again)} to an exact repetition; the first answer was ${first.response?.status}`, [
        first,
        again,
      ]),
    );
  else if (isSuccess(again) && !sameBody(first, again))
    findings.push(
      tell('twice', `${operation.id} sent twice with one key was answered differently, so it happened twice`, [
        first,
        again,
      ]),
    );
  else if (later !== null && isSuccess(later) && !sameBody(first, later))
    findings.push(
      tell('forgotten', `${operation.id} was repeated after a restart and happened again: its key was forgotten`, [
        first,
        later,
      ]),
    );
  if (other !== null && isSuccess(other))
    findings.push(tell('reused', `${outcome(other)} to another body with a key that was used before`, [first, other]));
  const [left, right] = together;
  if (left !== undefined && right !== undefined && isSuccess(left) && isSuccess(right) && !sameBody(left, right)) {
    findings.push(
      tell('race', `Two requests with one key at the same time were both carried out by ${operation.id}`, [
        left,
        right,
      ]),
    );
  }
  for (const one of together) {
    if (one.response === undefined || one.response.status >= 500)
      findings.push(
        tell('race failed', `${outcome(one)} when two requests with one key came at the same time`, together),
      );
  }
  return distinct(findings).slice(0, 2);
}

/** The contract names how a repetition is told that it is one. That the same is taken with a new key shows that nothing else speaks against it. */
function isKnownConflict({ response }: Exchange, { responses }: Operation, withNewKey: readonly Exchange[]): boolean {
  return response?.status === 409 && responses.some(({ status }) => status === '409') && withNewKey.some(isSuccess);
}

function sameBody(a: Exchange, b: Exchange): boolean {
  const [left, right] = [bodyJson(a.response?.body), bodyJson(b.response?.body)];
  if (left === undefined || right === undefined) return bodyText(a.response?.body) === bodyText(b.response?.body);
  return canonical(left) === canonical(right) || sameThing(left, right, a.request);
}

/** A repetition may say that it is one, and when it was answered; what counts is that it tells of the same thing, wrapped or not. */
function sameThing(left: unknown, right: unknown, request: RecordedRequest): boolean {
  const one = idIn(left);
  if (one !== null || idIn(right) !== null) return one === idIn(right);
  const sent = saidIn(request);
  const ids = givenIds(left, sent);
  return ids !== null && ids === givenIds(right, sent) && canonical(amountsIn(left)) === canonical(amountsIn(right));
}

/** Who asks is the same each time. */
const idOfPerson =
  /^(?:user|owner|customer|account|member|merchant|tenant|org(?:ani[sz]ation)?|author|created_?by)_?(?:uu)?id$/i;
const idName = /^_id$|^(?:uu|gu)id$|[a-z\d](?:Id|ID|Uuid)$|_(?:id|uuid)$/;

/** Where nothing is called `id`: the members that are named like one, and that the request did not say. Null when there are none. */
function givenIds(body: unknown, sent: ReadonlySet<string>): string | null {
  if (!isJsonObject(body)) return null;
  const own = Object.entries(body).filter(
    ([name, value]) =>
      idName.test(name) &&
      !idOfPerson.test(name) &&
      !isAboutRequest.test(name) &&
      (typeof value === 'string' || typeof value === 'number') &&
      !sent.has(String(value)),
  );
  if (own.length > 0) return canonical(Object.fromEntries(own));
  const [only, ...others] = wrappedIn(body);
  return only === undefined || others.length > 0 ? null : givenIds(only, sent);
}

/** The texts of a request, and its numbers that may be ids: one among them is that of something else, such as the account that is paid into. */
function saidIn({ target, headers, body }: RecordedRequest): ReadonlySet<string> {
  const { pathname, searchParams } = new URL(target, 'http://localhost');
  const said = new Set([...pathname.split('/').map(decodeURIComponent), ...searchParams.values()]);
  for (const [, value] of headers) said.add(value);
  JSON.stringify(bodyJson(body) ?? null, (name, inner: unknown) => {
    // One cent is paid by the first payment.
    if (typeof inner === 'string' || (typeof inner === 'number' && !isAmount.test(name))) said.add(String(inner));
    return inner;
  });
  return said;
}

const isAmount = /amount|price|total|quantity|count|cents|value|sum|fee/i;

/** The numbers of an answer: a balance that has changed tells of a second time, though the account is the same. */
function amountsIn(value: unknown): unknown {
  if (typeof value !== 'object' || value === null)
    return typeof value === 'number' || (typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value)) ? value : null;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const amounts = isAboutRequest.test(name) ? null : amountsIn(inner);
      return amounts === null ? [] : [[name, amounts]];
    }),
  );
}

/** The `id` of an answer, or that of the one thing that it wraps: two of them may be what was moved between, and the same each time. */
function idIn(body: unknown): string | null {
  if (!isJsonObject(body)) return null;
  const [only, ...others] = wrappedIn(body);
  return ownId(body) ?? (only === undefined || others.length > 0 ? null : ownId(only));
}

function wrappedIn(body: JsonObject): readonly JsonObject[] {
  return Object.entries(body).flatMap(([name, member]) =>
    isJsonObject(member) && !isAboutRequest.test(name) ? [member] : [],
  );
}

/** What an answer says of the request that it answers. */
const isAboutRequest = /^(_?meta|request|trace|debug|correlation)/i;

function ownId({ id }: JsonObject): string | null {
  return id === undefined || id === null ? null : canonical(id);
}

/** JSON text with the members of objects in the order of their names. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
