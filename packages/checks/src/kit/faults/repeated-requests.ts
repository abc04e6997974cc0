import {
  encodeRequest,
  isJsonObject,
  isSameNoun,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestSpec,
} from '@assay/contract';
import { plainCases } from '../requests/cases.ts';
import { pinned } from '../requests/pin.ts';
import { placeIn, thingIn } from '../requests/wrapped-body.ts';
import { Setup, SetupFailed } from '../setup/setup.ts';
import { isSuccess } from '../words.ts';
import { faultSubject, writingOperations } from './fault-subjects.ts';
import { type LeftOpen, watching } from './left-open.ts';

/** How many kinds of things are made. */
const mostKinds = 16;
/** After how many requests no other operation is begun. */
const mostRequests = 400;
/** How many answers are tried for what a request has to name. */
const mostAnswers = 4;

/**
 * Sends each operation that writes a request that is accepted, and the same again: what is done already is often refused on a path of its own. Ends with
 * the first refusal after which a connection stayed in a transaction; null when there is none.
 */
export async function refusalLeftOpen(context: ProbeContext): Promise<LeftOpen | null> {
  const watched = await watching(context);
  if (watched === null) return null;
  const { instance, left, told, asked } = watched;
  const theirs = { ...context, backend: instance };
  const setup = new Setup(theirs);
  const twice = async (request: RequestSpec): Promise<boolean> => {
    const isAccepted = isSuccess(await instance.send(request));
    if (isAccepted) await instance.send(request);
    return isAccepted;
  };
  const isOver = (): boolean => context.signal.aborted || left.length > 0 || asked() >= mostRequests;
  const unlessNotMade = async (act: () => Promise<unknown>): Promise<void> => {
    if (isOver()) return;
    try {
      await act();
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
    }
  };
  // What is made in the ordinary way is made ready for it first; what it is answered is what others name.
  for (const { name } of context.shape.resources.filter(({ create }) => create !== null).slice(0, mostKinds))
    await unlessNotMade(() => setup.make(name));
  const operations = writingOperations(context);
  const accepted = new Set<Operation>();
  for (const operation of operations)
    for (const { request, own } of drawnFrom(theirs, operation, told()))
      await unlessNotMade(async () => {
        if (accepted.has(operation)) return;
        const bound = encodeRequest(operation, await setup.bind(operation, request, own));
        if (await twice(bound)) accepted.add(operation);
      });
  for (const operation of operations.filter((one) => !accepted.has(one)))
    await unlessNotMade(async () => {
      const subject = await faultSubject(theirs, setup, operation);
      await twice((await subject.prepare()).request);
    });
  return left[0] ?? null;
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
        const id = members.find(({ name }) => isIdOf(name, resource))?.value;
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

function isIdOf(name: string, resource: string): boolean {
  const of = /^(.+?)[-_]?(?:id|ID|Id)$/.exec(name)?.[1];
  return of !== undefined && isSameNoun(of, resource.split('/').at(-1) ?? resource);
}

interface Member {
  readonly name: string;
  readonly value: string | number;
}

function scalarsIn(value: Json, name = '', depth = 0): readonly Member[] {
  if (typeof value === 'string' || typeof value === 'number') return [{ name, value }];
  if (depth > 4) return [];
  if (Array.isArray(value)) return value.slice(0, 4).flatMap((one) => scalarsIn(one, name, depth + 1));
  return isJsonObject(value) ? Object.entries(value).flatMap(([key, one]) => scalarsIn(one, key, depth + 1)) : [];
}
