import {
  bodyJson,
  encodeRequest,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestCase,
  type Resource,
} from '@assay/contract';
import { bareRequest } from '../requests/bare-request.ts';
import { operationOf } from '../requests/cases.ts';
import { stringPlaces } from '../requests/json-body.ts';
import { isPresent, pinned } from '../requests/pin.ts';
import { withUniqueTexts } from '../requests/unique-texts.ts';
import { idOf } from '../setup/id-of.ts';
import { type Setup, SetupFailed } from '../setup/setup.ts';
import { isSuccess } from '../words.ts';

export interface Alike {
  /** Ids of all that were made. */
  readonly ids: readonly Json[];
  /** How many of them, from the first on, are as alike as the backend lets them be. */
  readonly alike: number;
}

/** Another request for a thing that is like the first one. */
type Repeat = () => Promise<RequestCase>;

/**
 * Makes things of which the first `alike` tie in every order that the backend allows: exactly the same, or, where it refuses that, with one text
 * of its own (a code that must be unique) or with another thing that they refer to. Throws SetupFailed.
 */
export async function makeAlike(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  { total, alike }: { readonly total: number; readonly alike: number },
): Promise<Alike> {
  const operation = operationOf(context.contract, resource.create ?? '');
  const sent: RequestCase[] = [];
  const { id } = await setup.make(resource.name, (request) => {
    const bare = bareRequest(context.contract, operation, request);
    sent.push(bare);
    return bare;
  });
  const ids: Json[] = [id];
  const first = sent.at(-1);
  for (const repeat of first === undefined ? [] : repeats(context, setup, operation, first)) {
    while (ids.length < alike && !context.signal.aborted) {
      const made = await tryOnce(setup, resource, operation, repeat);
      if (made === null) break;
      ids.push(made);
    }
    if (ids.length > 1) break;
  }
  const tied = ids.length;
  while (ids.length < total) ids.push((await setup.make(resource.name)).id);
  return { ids, alike: tied };
}

function repeats(context: ProbeContext, setup: Setup, operation: Operation, first: RequestCase): readonly Repeat[] {
  const references = setup
    .bindingsOf(operation.id)
    .filter(({ target }) => target.startsWith('body:') && isPresent(first, target));
  const isReference = (place: string): boolean => references.some(({ target }) => target === `body:${place}`);
  const body = first.body?.value as Json | undefined;
  const places = body === undefined || typeof body === 'string' ? [] : stringPlaces(body);
  return [
    () => Promise.resolve(first),
    ...places
      .filter((place) => !isReference(place))
      .map(
        (place) => () => Promise.resolve(withUniqueTexts(context, operation, first, { which: (at) => at === place })),
      ),
    ...references.map(
      ({ target, resource }) =>
        async () =>
          pinned(first, target, (await setup.makeExemplary(resource)).id),
    ),
  ];
}

async function tryOnce(setup: Setup, resource: Resource, operation: Operation, repeat: Repeat): Promise<Json | null> {
  let request: RequestCase;
  try {
    request = await repeat();
  } catch (error) {
    if (error instanceof SetupFailed) return null;
    throw error;
  }
  const exchange = await setup.instance.send(encodeRequest(operation, setup.freshKey(operation, request)));
  if (!isSuccess(exchange)) return null;
  return idOf(resource, exchange, bodyJson(exchange.response?.body) as Json | undefined) ?? null;
}
