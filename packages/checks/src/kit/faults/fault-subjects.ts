import type { Operation, ProbeContext, RequestCase } from '@assay/contract';
import { plainCases } from '../requests/cases.ts';
import { withUniqueTexts } from '../requests/unique-texts.ts';
import { isWayOut } from '../requests/way-out.ts';
import { feedings } from '../setup/feeding.ts';
import { secondTry } from '../setup/second-try.ts';
import { type Setup, SetupFailed } from '../setup/setup.ts';
import { isSuccess } from '../words.ts';
import { asMade, type PreparedSubject, preparedSubject, type Way } from './prepared-subject.ts';
import { usesOf } from './put-to-use.ts';

/** An operation that writes, with a request of which each run has fresh things to act on. */
export interface FaultSubject {
  readonly operation: string;
  prepare(): Promise<PreparedSubject>;
  /**
   * The same with more that is looked at: what these things refer to and, with one way after the other, what was made to refer to them. None for
   * what makes things.
   */
  readonly wider: readonly (() => Promise<PreparedSubject>)[];
}

const attempts = 6;
const mostOperations = 12;
/** After so many requests that got no answer in time no other is tried: each waits for what does not come. */
const mostUnanswered = 2;
/** How many are looked at for requests that can be cut; many are refused. */
const mostTried = 24;

/** The operations that write: those that act on several things first, for they have the most to leave half done. */
export function writingOperations(context: ProbeContext): readonly Operation[] {
  return sorted(context, () => 0).slice(0, mostOperations);
}

/**
 * The same for the requests that are cut: to cancel, return or receive a thing seldom is one statement, whereas to change what it says of itself often
 * is. Whoever is signed out may do less of what comes afterwards.
 */
export function operationsToCut(context: ProbeContext): readonly Operation[] {
  const { resources } = context.shape;
  const isAction = ({ id, method, path }: Operation): boolean =>
    method !== 'DELETE' &&
    /\}\/[^{}/]+\/?$/.test(path) &&
    resources.every(({ create, replace, patch }) => ![create, replace, patch].includes(id));
  return sorted(context, (operation) => (isAction(operation) ? 1 : 0))
    .filter((operation) => !isWayOut(operation))
    .slice(0, mostTried);
}

function sorted({ shape, contract, focus }: ProbeContext, more: (operation: Operation) => number): Operation[] {
  const signsIn = [shape.signIn?.login?.operation, shape.signIn?.signUp?.operation];
  const weight = (operation: Operation): number =>
    (shape.bindings[operation.id] ?? []).filter(({ target }) => !target.startsWith('query:')).length +
    (operation.method === 'DELETE' ? -1 : 0) +
    more(operation);
  return contract.operations
    .filter(({ id, method }) => /^(POST|PUT|PATCH|DELETE)$/.test(method) && !signsIn.includes(id))
    .filter(({ id }) => focus === null || focus === id)
    .sort((a, b) => weight(b) - weight(a));
}

/** Finds a request that is accepted. Throws SetupFailed. */
export async function faultSubject(context: ProbeContext, setup: Setup, operation: Operation): Promise<FaultSubject> {
  // The one that says most writes most: optional parts often go into tables of their own.
  const plain = [...plainCases(context, operation).take(attempts)].sort((a, b) => sizeOf(b) - sizeOf(a));
  // What is refused for what it says of others is tried again without that.
  const again = plain.slice(0, 2).map((request, index) => secondTry(context, operation, request, index + 1));
  const likely = [...plain.slice(0, 2), ...again];
  const tries = [
    ...[...likely, ...plain.slice(2)].map((request, index) => ({
      request,
      ways: [
        asMade,
        ...feedings(context, operation).map((feeder) => ({ ...asMade, feeding: { operation: feeder, request } })),
        ...(index === 0 ? [{ ...asMade, time: 'closely' as const }] : []),
      ],
    })),
    // Some may be cancelled only when they are held, and held only when somebody takes part.
    ...plain
      .slice(0, 1)
      .map((request) => ({ request, ways: usesOf(context, operation).map((use) => ({ ...asMade, use })) })),
  ];
  let last = '';
  let failed: SetupFailed | null = null;
  let unanswered = 0;
  const accepted = async (request: RequestCase, way: Way): Promise<FaultSubject | PreparedSubject | null> => {
    try {
      const prepared = await preparedSubject(context, setup, operation, request, way);
      const exchange = await setup.instance.send(prepared.request);
      if (isSuccess(exchange)) return (await repeatable(context, setup, operation, request, way)).subject;
      if (exchange.error?.kind === 'timeout') unanswered += 1;
      last = `: the last one answered ${exchange.response?.status ?? exchange.error?.kind}`;
      return prepared;
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      failed = error;
      return null;
    }
  };
  for (const { request, ways } of tries) {
    const refused: [Way, PreparedSubject][] = [];
    for (const way of ways) {
      if (context.signal.aborted || unanswered >= mostUnanswered) break;
      const found = await accepted(request, way);
      if (found !== null && 'prepare' in found) return found;
      if (found !== null && way.feeding === null && way.use === null) refused.push([way, found]);
    }
    for (const [way, { bound }] of likely.includes(request) ? refused : []) {
      const helped = await setup.readyings.helped(setup, operation, bound);
      if (helped === null) continue;
      const found = await repeatable(context, setup, operation, request, { ...way, readying: helped.readying });
      if (found.isRepeated) return found.subject;
    }
  }
  if (last === '' && failed !== null) throw failed;
  throw new SetupFailed(`${operation.id} accepted no request${last}`);
}

/** A request that was accepted, to be sent again and again: with other texts each time where the same ones are refused, for they are taken. */
async function repeatable(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
  request: RequestCase,
  way: Way,
): Promise<{ readonly subject: FaultSubject; readonly isRepeated: boolean }> {
  const same = (how: Way = way) => preparedSubject(context, setup, operation, request, how);
  const other = (how: Way = way) => {
    const texts = withUniqueTexts(context, operation, request, { likely: true });
    return preparedSubject(context, setup, operation, texts, how);
  };
  const isAccepted = async (make: typeof same) => isSuccess(await setup.instance.send((await make()).request));
  const isSame = await isAccepted(same);
  const isOther = !isSame && (await isAccepted(other));
  const make = isOther ? other : same;
  const makesThings = context.shape.resources.some(({ create }) => create === operation.id);
  const uses = way.use === null ? [null, ...usesOf(context, operation)] : [way.use];
  const subject: FaultSubject = {
    operation: operation.id,
    prepare: () => make(),
    wider: makesThings ? [] : uses.map((use) => () => make({ ...way, use, around: true })),
  };
  return { subject, isRepeated: isSame || isOther };
}

function sizeOf({ body }: RequestCase): number {
  return JSON.stringify(body?.value ?? null).length;
}
