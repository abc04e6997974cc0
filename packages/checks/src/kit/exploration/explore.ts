import {
  boundaryCases,
  canBeViolated,
  type Exchange,
  type InvalidRequestCase,
  invalidRequests,
  type Operation,
  type ProbeContext,
  type RequestCase,
  UnsupportedSchema,
  validRequests,
} from '@assay/contract';
import { asked, StreamsHeard } from '../answers/event-streams.ts';
import { wrongPassword } from '../identity/wrong-password.ts';
import { hash, opaque, sample } from '../requests/cases.ts';
import { pairsInOrder } from '../requests/pairs-in-order.ts';
import { isWayOut } from '../requests/way-out.ts';
import { pinned } from '../requests/pin.ts';
import { withUniqueTexts } from '../requests/unique-texts.ts';
import { sentHelped } from '../setup/readying.ts';
import { sentAtOtherTimes } from '../setup/other-times.ts';
import { withoutStrays } from '../setup/second-try.ts';
import { Setup, SetupFailed } from '../setup/setup.ts';
import { bySchema, methodOf } from '../soap/by-schema.ts';
import { isSuccess, status } from '../words.ts';
import { withEnded } from './ended-probes.ts';
import { deletionsInUse } from './in-use.ts';
import { isViolated } from './is-violated.ts';

/** What a request of the exploration was meant to be. */
export type Intent =
  | { readonly kind: 'valid' }
  /** Valid by its schema, but its path names nothing that exists. */
  | { readonly kind: 'unknown-id' }
  /** Valid by its schema, with a cursor that the backend never gave. */
  | { readonly kind: 'unknown-cursor' }
  /** Deletes what other things refer to, of the kind `by`. */
  | { readonly kind: 'in-use'; readonly by: string }
  /** A login of somebody who has an account, with a password that is not theirs. */
  | { readonly kind: 'wrong-password' }
  /** Valid but for a header field that the contract need not name; null for several at once. Sent apart from the exploration. */
  | { readonly kind: 'malformed-header'; readonly header: string | null }
  | { readonly kind: 'invalid'; readonly violation: InvalidRequestCase['violation'] };

export interface Probe {
  readonly operation: string;
  readonly intent: Intent;
  readonly exchange: Exchange;
  /** What had to exist first could not be made; the request went out with generated ids instead. */
  readonly unbound: boolean;
  /** It was refused, and sent again: with another text where it repeats one that is taken, or once what it takes from had been fed. */
  readonly repeats: boolean;
  /** No answer came because the backend ended meanwhile: launch/stays-up tells of that, and of what came before. */
  readonly ended: boolean;
}

export interface Exploration {
  readonly probes: readonly Probe[];
  /** Operations to which no request was sent at all, and why. */
  readonly skipped: readonly { readonly operation: string; readonly reason: string }[];
}

/** How many requests an operation gets of each sort. Counts, not seconds: the same seed must see the same things. */
const quota = {
  validBoundary: 24,
  validRandom: 16,
  invalidBoundary: 60,
  invalidRandom: 12,
  unknownIds: 2,
  destructive: 6,
} as const;

/** What is no cursor: a word, a number, and what Base64 of JSON holds another value in than a cursor would. */
const strayCursors = ['amber', '0', 'W10', 'eyJpZCI6IngifQ==', 'bnVsbA=='] as const;

const timeUp = 'the time was up';

/** How many times its fair share of the time an operation may take before the next one comes. */
const mostShares = 4;

/**
 * Drives every operation with valid and invalid requests, the telling ones first, each alone in flight. All checks of the area
 * `contract` and several others judge these same exchanges.
 */
export function exploration(context: ProbeContext): Promise<Exploration> {
  return context.shared('exploration', explore);
}

async function explore(context: ProbeContext): Promise<Exploration> {
  const setup = new Setup(context);
  const probes: Probe[] = [];
  const skipped: { operation: string; reason: string }[] = [];
  const operations = context.contract.operations.filter(
    (operation) => context.focus === null || context.focus === operation.id,
  );
  for (const [index, operation] of inOrder(operations).entries()) {
    // One operation that takes its time, or never answers, is not to use up that of all others.
    const enough = performance.now() + (mostShares * context.remaining()) / (operations.length - index);
    if (context.signal.aborted) {
      skipped.push({ operation: operation.id, reason: timeUp });
      continue;
    }
    context.progress(operation.id);
    const plan = planOrReason(context, operation);
    if (typeof plan === 'string') {
      skipped.push({ operation: operation.id, reason: plan });
      continue;
    }
    const before = probes.length;
    const streams = new StreamsHeard(operation);
    const asked = await bySchema(context, operation, plan);
    if (plan.some(isMeantValid) && !asked.some(isMeantValid))
      skipped.push({ operation: operation.id, reason: 'no message could be made that its schema allows' });
    for (const { intent, request } of asked) {
      if (context.signal.aborted || performance.now() > enough) break;
      if (streams.areEnough(intent.kind)) continue;
      const made = await probe(context, setup, operation, intent, request);
      for (const { exchange } of made) streams.note(intent.kind, exchange);
      probes.push(...made);
    }
    const wrong = await wrongLogin(context, setup, operation);
    if (wrong !== null) probes.push({ ...base(operation, { kind: 'wrong-password' }), exchange: wrong });
    if (methodOf(operation) === 'DELETE' && performance.now() < enough)
      for (const { by, exchange } of await deletionsInUse(context, operation))
        probes.push({ ...base(operation, { kind: 'in-use', by }), exchange });
    if (probes.length === before) skipped.push({ operation: operation.id, reason: timeUp });
  }
  probes.push(...(await failedSignUp(context, operations)));
  return { probes: await withEnded(probes, context.backend), skipped };
}

/** The sign-up at which the backend failed, and for which nobody is signed in: a valid request like any other. */
async function failedSignUp(context: ProbeContext, operations: readonly Operation[]): Promise<readonly Probe[]> {
  const usual = await context.identities.usual(context.backend);
  const exchange = usual === null || !('unavailable' in usual) ? undefined : usual.failed;
  const operation = operations.find(({ id }) => id === context.shape.signIn?.signUp?.operation);
  return exchange === undefined || operation === undefined ? [] : [{ ...base(operation, { kind: 'valid' }), exchange }];
}

async function wrongLogin(context: ProbeContext, setup: Setup, operation: Operation): Promise<Exchange | null> {
  if (context.shape.signIn?.login?.operation !== operation.id || context.signal.aborted) return null;
  const somebody = await context.identities.another(setup.instance);
  const request = 'unavailable' in somebody ? null : wrongPassword(context, somebody, somebody.login);
  return request === null ? null : setup.instance.send(request);
}

const isMeantValid = ({ intent }: Planned): boolean => intent.kind === 'valid';

/** What creates comes first and what deletes comes last, so that there is something to read in between. */
function inOrder(operations: readonly Operation[]): readonly Operation[] {
  const rank = { POST: 0, PUT: 1, GET: 2, HEAD: 3, PATCH: 4, DELETE: 5 } as Readonly<Record<string, number>>;
  return [...operations].sort((a, b) => (rank[methodOf(a)] ?? 3) - (rank[methodOf(b)] ?? 3));
}

interface Planned {
  readonly intent: Intent;
  readonly request: RequestCase;
}

function planOrReason(context: ProbeContext, operation: Operation): readonly Planned[] | string {
  try {
    return planFor(context, operation);
  } catch (error) {
    if (error instanceof UnsupportedSchema) return error.message;
    throw error;
  }
}

function planFor(context: ProbeContext, operation: Operation): readonly Planned[] {
  const seed = context.random.seed ^ hash(operation.id);
  const omit = opaque(context, operation);
  const boundary = boundaryCases(context.contract, operation, { omit });
  // What takes away is not there to be taken twice, and whoever was signed out has to sign in again, which may be limited.
  const takesAway = methodOf(operation) === 'DELETE' || isWayOut(operation);
  const wild = validRequests(context.contract, operation, { mode: 'wild', omit });
  const valid = [
    ...boundary.valid.slice(0, takesAway ? quota.destructive : quota.validBoundary).map(({ request }) => request),
    ...sample(wild, seed, takesAway ? 2 : quota.validRandom),
  ].map(
    (request): Planned => ({
      intent: { kind: 'valid' },
      request: pairsInOrder(context.contract, operation, request),
    }),
  );
  const unknown = operation.parameters.some((parameter) => parameter.in === 'path')
    ? sample(validRequests(context.contract, operation, { mode: 'plain', omit }), seed + 1, quota.unknownIds).map(
        (request): Planned => ({ intent: { kind: 'unknown-id' }, request }),
      )
    : [];
  const [plain] =
    omit.length === 0 ? [] : sample(validRequests(context.contract, operation, { mode: 'plain', omit }), seed + 3, 1);
  const strays = omit.flatMap((target) =>
    strayCursors.flatMap((cursor): readonly Planned[] =>
      plain === undefined ? [] : [{ intent: { kind: 'unknown-cursor' }, request: pinned(plain, target, cursor) }],
    ),
  );
  const invalid = [
    ...boundary.invalid.slice(0, quota.invalidBoundary),
    ...(canBeViolated(context.contract, operation)
      ? sample(invalidRequests(context.contract, operation, { omit }), seed + 2, quota.invalidRandom)
      : []),
  ].map((request): Planned => ({ intent: { kind: 'invalid', violation: request.violation }, request }));
  return [...valid, ...unknown, ...strays, ...invalid];
}

/** Statuses that a backend gives to what is there already. */
const conflicts: readonly number[] = [400, 402, 404, 406, 409, 422];

/** Names of things have so many characters. */
const shortestTaken = 3;

function base(operation: Operation, intent: Intent): Omit<Probe, 'exchange'> {
  return { operation: operation.id, intent, unbound: false, repeats: false, ended: false };
}

async function probe(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
  intent: Intent,
  request: RequestCase,
): Promise<readonly Probe[]> {
  const told = base(operation, intent);
  if (intent.kind === 'unknown-id') return [{ ...told, exchange: await asked(setup.instance, operation, request) }];
  const keep = intent.kind === 'invalid' ? (target: string) => isViolated(target, intent.violation) : undefined;
  let bound = request;
  let unbound = false;
  try {
    bound = await setup.bind(operation, request, {}, keep);
  } catch (error) {
    if (!(error instanceof SetupFailed)) throw error;
    unbound = true;
  }
  const exchange = await asked(setup.instance, operation, bound);
  if (methodOf(operation) === 'DELETE' && isSuccess(exchange)) setup.forgetAll();
  if (isSuccess(exchange)) setup.taken.note(bound);
  const first = { ...told, exchange, unbound };
  if (intent.kind !== 'valid' || !conflicts.includes(status(exchange) ?? 0)) return [first];
  const other = withUniqueTexts(context, operation, bound, { which: (place, text) => setup.taken.has(place, text) });
  if (other === bound) {
    const unlike = await sentUnlike(context, setup, operation, bound);
    const fed = unlike ?? (unbound ? null : await sentHelped(context, setup, operation, bound));
    const timed = fed ?? (await sentAtOtherTimes(setup, operation, bound));
    const later = timed ?? (await sentWithoutStrays(context, setup, operation, bound));
    if (later === null) return [first];
    return [
      { ...first, repeats: true },
      { ...first, exchange: later },
    ];
  }
  const again = await asked(setup.instance, operation, setup.freshKey(operation, other));
  if (isSuccess(again)) setup.taken.note(other);
  const timed = conflicts.includes(status(again) ?? 0) ? await sentAtOtherTimes(setup, operation, other) : null;
  return [
    { ...first, repeats: true },
    { ...first, exchange: timed ?? again },
  ];
}

/**
 * Whoever else was here, another check or the backend's own first rows, may have taken a text. What is accepted when its words are new was refused for
 * that; a text that is short, or begins or ends oddly, may be what the case is about and stays. Null when that makes no difference.
 */
async function sentUnlike(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
  request: RequestCase,
): Promise<Exchange | null> {
  const unlike = withUniqueTexts(context, operation, request, {
    which: (_place, text) => text.length >= shortestTaken && text.trim() === text,
  });
  if (unlike === request) return null;
  const exchange = await asked(setup.instance, operation, setup.freshKey(operation, unlike));
  if (!isSuccess(exchange)) return null;
  setup.taken.note(unlike);
  return exchange;
}

/** The same without what may be left out and seems to name something that cannot be made. Null when that makes no difference. */
async function sentWithoutStrays(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
  request: RequestCase,
): Promise<Exchange | null> {
  const less = withoutStrays(context, operation, request);
  if (less === request) return null;
  const exchange = await asked(setup.instance, operation, setup.freshKey(operation, less));
  return isSuccess(exchange) ? exchange : null;
}

/** Whether what is wrong with an invalid request is that a whole parameter, or the whole body, is missing. */
export function lacksParameter(violation: InvalidRequestCase['violation']): boolean {
  return violation.where === 'body'
    ? violation.kind === 'body' && violation.keyword === 'required'
    : violation.kind === 'missing';
}
