import {
  type Contract,
  isJsonObject,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestCase,
  UnsupportedSchema,
  validRequests,
} from '@assay/contract';
import fc from 'fast-check';
import { jsonContentOf, stringPlaces } from './json-body.ts';
import { pairsInOrder } from './pairs-in-order.ts';

/** The operation with this id. */
export function operationOf(contract: Contract, id: string): Operation {
  const found = contract.operations.find((operation) => operation.id === id);
  if (found === undefined) throw new Error(`the contract has no operation ${id}`);
  return found;
}

const batch = 16;
/** After so many batches without one in JSON there is none: its schema cannot be generated from, while that of a form beside it can. */
const mostVain = 8;

/**
 * Ordinary valid requests for an operation, one after the other, without end; none when the schema cannot be generated from. Another
 * `stream` has other requests: two that create with the same ones would meet each other's unique columns.
 */
export function* plainCases(
  context: Pick<ProbeContext, 'contract' | 'shape' | 'random'>,
  operation: Operation,
  stream = '',
): Generator<RequestCase, void> {
  // An operation that takes forms as well is asked in JSON: that is what the checks read and change.
  const json = jsonContentOf(operation);
  let vain = 0;
  for (let round = 0; vain < mostVain; round += 1) {
    const seed = (context.random.seed ^ hash(operation.id + stream) ^ Math.imul(round, 0x9e3779b1)) | 0;
    let cases: readonly RequestCase[];
    try {
      cases = sample(
        validRequests(context.contract, operation, { mode: 'plain', omit: opaque(context, operation) }),
        seed,
        batch,
      );
    } catch (error) {
      if (error instanceof UnsupportedSchema) return;
      throw error;
    }
    // Where the body may be left out, an ordinary request has one all the same.
    const saying = cases.filter(({ body }) => body !== undefined);
    const ordinary = (saying.length > 0 ? saying : cases).filter(
      ({ body }) => body === undefined || json === null || body.mediaType === json.mediaType,
    );
    vain = ordinary.length === 0 ? vain + 1 : 0;
    yield* ordinary.map((request) => pairsInOrder(context.contract, operation, request, true));
  }
}

/** Of so many requests one says all that it may, with five things that may be left out. */
export const sayingAll = 64;
/** How much the fullest of that many said: the next ones are drawn until one says as much. */
const most = new WeakMap<Iterator<RequestCase, void>, number>();

/** The one, of so many of the next requests, that says the most: what may be left out by the contract may be needed all the same. */
export function fullest(cases: Iterator<RequestCase, void>, among = 8): RequestCase | null {
  const enough = among < sayingAll ? Number.POSITIVE_INFINITY : (most.get(cases) ?? Number.POSITIVE_INFINITY);
  let best: RequestCase | null = null;
  for (let number = 0; number < among && (best === null || saysOf(best) < enough); number += 1) {
    const next = cases.next();
    if (next.done === true) break;
    if (best === null || saysOf(next.value) > saysOf(best)) best = next.value;
  }
  if (among >= sayingAll && best !== null && !most.has(cases)) most.set(cases, saysOf(best));
  return best;
}

/** Above all how many texts its body holds, then how many members. */
function saysOf(request: RequestCase): number {
  const { body } = request;
  const members = body === undefined ? 0 : membersOf(body.value as Json);
  return textsOf(request) + members / 1000;
}

function membersOf(value: Json): number {
  if (Array.isArray(value)) return 0;
  if (!isJsonObject(value)) return 1;
  return Object.values(value).reduce<number>((sum, each) => sum + 1 + membersOf(each), 0);
}

/** How many texts its body holds. */
export function textsOf({ body }: RequestCase): number {
  return body === undefined || typeof body.value === 'string' ? 0 : stringPlaces(body.value as Json).length;
}

export function sample<T>(arbitrary: fc.Arbitrary<T>, seed: number, size: number): readonly T[] {
  return fc.sample(arbitrary, { seed, numRuns: size });
}

/** FNV-1a, 32 bits: to derive a seed from a name. */
export function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  return state | 0;
}

/** A cursor is opaque: only one that the backend itself gave is valid, whatever its schema says. So requests are made without. */
export function opaque(context: Pick<ProbeContext, 'shape'>, operation: Operation): readonly string[] {
  return context.shape.resources
    .flatMap((resource) => resource.lists)
    .flatMap((list) =>
      list.operation === operation.id && list.pagination?.style === 'cursor'
        ? [`query:${list.pagination.position}`]
        : [],
    );
}
