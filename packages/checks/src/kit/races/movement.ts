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
import { decimalPlaces, difference } from '../answers/decimals.ts';
import { readingsOf } from '../reading/readings.ts';
import { pinned } from '../requests/pin.ts';
import { feed, type Feeding } from '../setup/feeding.ts';
import { type Made, type Setup, SetupFailed } from '../setup/setup.ts';
import { isSuccess } from '../words.ts';
import type { Prepared } from './trial.ts';

/** How many things are looked at that a thing was made to refer to. */
const mostBehind = 2;

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
  /** Who sends the two: who sends all else, somebody new for both, or two who are new. */
  readonly who?: 'usual' | 'newcomer' | 'two newcomers';
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
  { earlier = 0, scarce = null, who = 'usual', second = (same) => same }: MovementOptions = {},
): Promise<Prepared> {
  const own: Record<string, Json> = {};
  const reads: { readonly label: string; readonly read: RequestSpec; readonly before: Json | undefined }[] = [];
  const parties: Seen[] = [];
  for (const { target, resource } of partiesOf(context, operation)) {
    const made = scarce?.resource === resource ? await makeScarce(setup, scarce) : await setup.makeFellow(resource);
    own[target] = made.id;
    if (feeding !== null) await feed(context, setup, feeding, [{ resource, id: made.id }]);
    parties.push({ name: nameOf(target) ?? resource, resource, id: made.id }, ...behind(context, setup, made));
  }
  const spec = async (wanted = request): Promise<RequestSpec> =>
    encodeRequest(operation, await setup.bind(operation, wanted, own));
  for (let number = 0; number < earlier; number += 1) await setup.instance.send(await spec());
  for (const { name, resource, id } of parties) {
    for (const { part, request: read } of await readingsOf(context, setup, resource, id))
      reads.push({ label: `${name}${part}`, read, before: bodyOf(await setup.instance.send(read)) });
  }
  const one = who === 'usual' ? null : await newcomer(context, setup);
  const other = who === 'two newcomers' ? await newcomer(context, setup) : one;
  return {
    first: sentBy(one, await spec()),
    second: sentBy(other, await spec(second(request))),
    look: async () => {
      const facts: Record<string, string> = {};
      const exchanges: Exchange[] = [];
      for (const { label, read, before } of reads) {
        const after = await setup.instance.send(read);
        exchanges.push(after);
        for (const { place, value } of decimalPlaces(bodyOf(after))) {
          const was = before === undefined ? undefined : valueAt(before, place);
          if (isOwnBusiness(place) || isNow(value) || (typeof was !== 'number' && typeof was !== 'string')) continue;
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

/** Something whose numbers are looked at. */
interface Seen {
  readonly name: string;
  readonly resource: string;
  readonly id: Json;
}

/** What a thing was made to refer to: a cancelled order gives back to the stock of its product. */
function behind({ shape }: ProbeContext, setup: Setup, { resource, sent }: Made): readonly Seen[] {
  const create = setup.resource(resource).create ?? '';
  return setup
    .bindingsOf(create)
    .flatMap(({ target, resource: other }) => {
      const isSeen = shape.resources.some(({ name, read }) => name === other && read !== null);
      if (!target.startsWith('body:') || !isSeen || sent === undefined) return [];
      const id = valueAt(sent as Json, target.slice('body:'.length).replaceAll('/*', '/0'));
      return typeof id === 'string' || typeof id === 'number'
        ? [{ name: nameOf(target) ?? other, resource: other, id }]
        : [];
    })
    .slice(0, mostBehind);
}

function nameOf(target: string): string | undefined {
  return target.split(/[:/]/).at(-1);
}

/** Whether requests can be sent as somebody new. */
export async function canBeOthers({ identities }: ProbeContext, { instance }: Setup): Promise<boolean> {
  const usual = await identities.usual(instance);
  return usual !== null && !('unavailable' in usual);
}

/** Somebody who has nothing yet. Throws SetupFailed. */
export async function newcomer({ identities }: ProbeContext, { instance }: Setup): Promise<Identity> {
  const somebody = await identities.another(instance);
  if ('unavailable' in somebody) throw new SetupFailed(somebody.unavailable);
  return somebody;
}

export function sentBy(identity: Identity | null, spec: RequestSpec): RequestSpec {
  return identity === null ? spec : { ...spec, as: identity };
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
    /(^|\/|_)(id|uuid|version|revision|etag|at|on|time|timestamp|date|epoch|age|ttl|uptime|expires_?in)$/i.test(
      place,
    ) || /[a-z](Id|Uuid|Version|Revision|At|On|Time|Timestamp|Date|Epoch|Age|Ttl|Uptime)$/.test(place)
  );
}

/** A moment of this day as a number, in seconds or parts of them: it goes on while the requests do. */
function isNow(value: number | string): boolean {
  const day = 86_400_000;
  return [1000, 1, 1 / 1000].some((unit) => Math.abs(Number(value) * unit - Date.now()) < day);
}

function bodyOf(exchange: Exchange): Json | undefined {
  return isSuccess(exchange) ? (bodyJson(exchange.response?.body) as Json | undefined) : undefined;
}
