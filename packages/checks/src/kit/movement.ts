import {
  bodyJson,
  encodeRequest,
  type Exchange,
  type Identity,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestCase,
  type RequestSpec,
  valueAt,
} from '@assay/contract';
import { decimalPlaces, difference } from './decimals.ts';
import { feed, type Feeding } from './feeding.ts';
import { pinned } from './pin.ts';
import { readingsOf } from './readings.ts';
import type { Made, Setup } from './setup.ts';
import type { Prepared } from './trial.ts';
import { isSuccess } from './words.ts';

/** A request that acts on things of other kinds, and with what they are fed before it; null when that is not needed. */
export interface Movement {
  readonly operation: Operation;
  readonly request: RequestCase;
  readonly feeding: Feeding | null;
}

interface Party {
  readonly target: string;
  readonly resource: string;
}

export interface MovementOptions {
  /** How often the same is done before. */
  readonly earlier?: number;
  /** A number that the thing of this kind is made with: 1 of it. */
  readonly scarce?: Scarce | null;
  /** Who sends the second one, if somebody else than the first. */
  readonly other?: Identity | null;
  /** What is different in the second one. */
  readonly second?: (request: RequestCase) => RequestCase;
}

/** A number of how much there is of a thing, in the body that makes it. */
export interface Scarce {
  readonly resource: string;
  /** JSON Pointer into that body. */
  readonly place: string;
}

/** The things of other kinds that an operation names, and that can be made and read. */
export function partiesOf({ shape }: Pick<ProbeContext, 'shape'>, { id }: Operation): readonly Party[] {
  return (shape.bindings[id] ?? []).filter(({ target, resource }) => {
    const kind = shape.resources.find(({ name }) => name === resource);
    return !target.startsWith('query:') && kind?.read != null && kind.create !== null && kind.create !== id;
  });
}

/** The same request twice on fresh things, and a look at what their numbers changed by. */
export async function prepareMovement(
  context: ProbeContext,
  setup: Setup,
  { operation, request, feeding }: Movement,
  { earlier = 0, scarce = null, other = null, second = (same) => same }: MovementOptions = {},
): Promise<Prepared> {
  const own: Record<string, Json> = {};
  const reads: { readonly label: string; readonly read: RequestSpec; readonly before: Json | undefined }[] = [];
  const parties: { readonly name: string; readonly resource: string; readonly id: Json }[] = [];
  for (const { target, resource } of partiesOf(context, operation)) {
    const made = scarce?.resource === resource ? await makeScarce(setup, scarce) : await setup.makeFellow(resource);
    own[target] = made.id;
    if (feeding !== null) await feed(context, setup, feeding, [{ resource, id: made.id }]);
    parties.push({ name: target.split(/[:/]/).at(-1) ?? resource, resource, id: made.id });
  }
  const spec = async (one = request): Promise<RequestSpec> =>
    encodeRequest(operation, await setup.bind(operation, one, own));
  for (let number = 0; number < earlier; number += 1) await setup.instance.send(await spec());
  for (const { name, resource, id } of parties) {
    for (const { part, request: read } of await readingsOf(context, setup, resource, id))
      reads.push({ label: `${name}${part}`, read, before: bodyOf(await setup.instance.send(read)) });
  }
  const follower = await spec(second(request));
  return {
    first: await spec(),
    second: other === null ? follower : { ...follower, as: other },
    look: async () => {
      const facts: Record<string, string> = {};
      const exchanges: Exchange[] = [];
      for (const { label, read, before } of reads) {
        const after = await setup.instance.send(read);
        exchanges.push(after);
        for (const { place, value } of decimalPlaces(bodyOf(after))) {
          const was = before === undefined ? undefined : valueAt(before, place);
          if (isOwnBusiness(place) || (typeof was !== 'number' && typeof was !== 'string')) continue;
          facts[`${label}${place}`] = difference(value, was);
        }
      }
      return { facts, reads: exchanges };
    },
  };
}

/** The first and the second one in turn; the first alone, twice told, when it is not accepted. */
export async function twice(
  context: ProbeContext,
  setup: Setup,
  movement: Movement,
  options: MovementOptions = {},
): Promise<readonly [Exchange, Exchange]> {
  const { first, second } = await prepareMovement(context, setup, movement, options);
  const one = await setup.instance.send(first);
  return [one, isSuccess(one) ? await setup.instance.send(second) : one];
}

/** One that nothing else is made with: others need it to have enough. */
async function makeScarce(setup: Setup, { resource, place }: Scarce): Promise<Made> {
  const made = await setup.make(resource, (request) => pinned(request, `body:${place}`, 1));
  setup.forget(made);
  return made;
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
