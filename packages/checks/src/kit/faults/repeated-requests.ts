import { encodeRequest, type Json, type Operation, type ProbeContext, type RequestSpec } from '@assay/contract';
import { scalarsIn } from '../answers/scalars-in.ts';
import { plainCases } from '../requests/cases.ts';
import { pinned } from '../requests/pin.ts';
import { placeIn, thingIn } from '../requests/wrapped-body.ts';
import { isIdNameOf } from '../setup/id-name.ts';
import { Setup, SetupFailed } from '../setup/setup.ts';
import { isSuccess } from '../words.ts';
import { faultSubject, writingOperations } from './fault-subjects.ts';
import { watching } from './left-open.ts';
import type { RefusedRequest } from './refusals-so-far.ts';

/** How many kinds of things are made. */
const mostKinds = 16;
/** After how many requests no other operation is begun. */
const mostRequests = 400;
/** How many answers are tried for what a request has to name. */
const mostAnswers = 4;

/**
 * Sends each operation that writes a request that is accepted, and the same again: what is done already is often refused on a path of its own. Tells each
 * refusal after which one more connection stayed in a transaction, and goes on when asked for the next.
 */
export async function* refusalsLeftOpen(context: ProbeContext): AsyncGenerator<RefusedRequest, void, undefined> {
  const watched = await watching(context);
  if (watched === null) return;
  const { instance, left, told, asked } = watched;
  const theirs = { ...context, backend: instance };
  const setup = new Setup(theirs);
  const twice = async (request: RequestSpec): Promise<boolean> => {
    const isAccepted = isSuccess(await instance.send(request));
    if (isAccepted) await instance.send(request);
    return isAccepted;
  };
  const isOver = (): boolean => context.signal.aborted || asked() >= mostRequests;
  const leftBy = async (act: () => Promise<unknown>): Promise<readonly RefusedRequest[]> => {
    if (isOver()) return [];
    try {
      await act();
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
    }
    return left();
  };
  // What is made in the ordinary way is made ready for it first; what it is answered is what others name.
  for (const { name } of context.shape.resources.filter(({ create }) => create !== null).slice(0, mostKinds))
    yield* await leftBy(() => setup.make(name));
  const operations = writingOperations(context);
  const accepted = new Set<Operation>();
  for (const operation of operations)
    for (const { request, own } of drawnFrom(theirs, operation, told()))
      yield* await leftBy(async () => {
        if (accepted.has(operation)) return;
        const bound = encodeRequest(operation, await setup.bind(operation, request, own));
        if (await twice(bound)) accepted.add(operation);
      });
  for (const operation of operations.filter((one) => !accepted.has(one)))
    yield* await leftBy(async () => {
      const subject = await faultSubject(theirs, setup, operation);
      await twice((await subject.prepare()).request);
    });
}

/**
 * Requests that say what an answer told under the same name, of the thing in their path that the answer names as well: the code of a ticket for that event.
 * No schema says where such a code comes from.
 */
function drawnFrom(context: ProbeContext, operation: Operation, told: readonly Json[]) {
  const bindings = context.shape.bindings[operation.id] ?? [];
  const inPath = bindings.filter(({ target }) => target.startsWith('path:'));
  const [plain] = plainCases(context, operation).take(1);
  if (plain?.body === undefined || inPath.length === 0) return [];
  const whole = thingIn(plain.body.value as Json);
  const places = Object.entries(whole.thing)
    .filter(([name, value]) => typeof value === 'string' && !bindings.some(({ target }) => target.endsWith(`/${name}`)))
    .map(([name]) => ({ name, target: `body:${placeIn(whole, name)}` }));
  return told
    .flatMap((answer) => {
      const members = scalarsIn(answer);
      const own = inPath.flatMap(({ target, resource }) => {
        const id = members.find(({ name }) => isIdNameOf(name, resource))?.value;
        return id === undefined ? [] : [[target, id] as const];
      });
      const drawn = places.flatMap(({ name, target }) => {
        const value = members.find((one) => one.name === name && typeof one.value === 'string')?.value;
        return value === undefined ? [] : [{ target, value }];
      });
      if (own.length < inPath.length || drawn.length === 0) return [];
      const request = drawn.reduce((made, { target, value }) => pinned(made, target, value), plain);
      return [{ request, own: Object.fromEntries(own) }];
    })
    .slice(0, mostAnswers);
}
