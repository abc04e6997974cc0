import {
  type Binding,
  encodeRequest,
  type Exchange,
  type Identity,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestCase,
  type RequestSpec,
} from '@assay/contract';
import { difference } from '../answers/decimals.ts';
import { type Reading, sightsOf } from '../reading/readings.ts';
import { pinned } from '../requests/pin.ts';
import { withUniqueTexts } from '../requests/unique-texts.ts';
import { calledAt } from '../setup/called-at.ts';
import { feed, type Feeding } from '../setup/feeding.ts';
import { type Kin, kinOf, parentsFirst } from '../setup/kinship.ts';
import { orSome } from '../setup/or-some.ts';
import { referredToBy } from '../setup/referred-to.ts';
import { type Made, type Setup, SetupFailed } from '../setup/setup.ts';
import { isSuccess } from '../words.ts';
import { numbersIn } from './numbers-in.ts';
import type { Prepared } from './trial.ts';

/** How many things are looked at that a thing was made to refer to. */
const mostBehind = 2;

/** A request that acts on things of other kinds, and with what they are fed before it; null when that is not needed. */
export interface Movement {
  readonly operation: Operation;
  readonly request: RequestCase;
  readonly feeding: Feeding | null;
  /** What is different each further time, where the very same is refused: a receipt is booked once. */
  readonly again?: (request: RequestCase) => RequestCase;
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
export function partiesOf({ shape }: Pick<ProbeContext, 'shape'>, { id }: Operation): readonly Binding[] {
  return (shape.bindings[id] ?? []).filter(({ target, resource }) => {
    const kind = shape.resources.find(({ name }) => name === resource);
    const isSeen = kind !== undefined && (kind.read !== null || kind.lists.length > 0);
    return !target.startsWith('query:') && isSeen && kind.create !== null && kind.create !== id;
  });
}

interface PreparedMovement extends Prepared {
  /** The request, bound anew to the same things. */
  bound(request: RequestCase): Promise<RequestCase>;
}

/** The same request twice on fresh things, and a look at what their numbers changed by. */
export async function prepareMovement(
  context: ProbeContext,
  setup: Setup,
  { operation, request, feeding, again = (same) => same }: Movement,
  { earlier = 0, scarce = null, who = 'usual', second = again }: MovementOptions = {},
): Promise<PreparedMovement> {
  const own: Record<string, Json> = {};
  const reads: { readonly label: string; readonly reading: Reading; readonly before: ReturnType<typeof numbersIn> }[] =
    [];
  const parties: Seen[] = [];
  const taken = new Map<string, readonly Json[]>();
  for (const { target, resource } of parentsFirst(context, partiesOf(context, operation))) {
    const kin = kinOf(context, resource, taken);
    const made =
      scarce?.resource === resource
        ? await makeScarce(setup, scarce, kin)
        : await fellowOf(setup, resource, kin, Object.values(own));
    own[target] = made.id;
    taken.set(resource, [...(taken.get(resource) ?? []), made.id]);
    if (feeding !== null) await feed(context, setup, feeding, [{ resource, id: made.id }]);
    parties.push({ name: calledAt({ target, resource }), resource, id: made.id }, ...behind(context, setup, made));
  }
  const bound = (wanted: RequestCase): Promise<RequestCase> => setup.bind(operation, wanted, own);
  const spec = async (wanted: RequestCase): Promise<RequestSpec> => encodeRequest(operation, await bound(wanted));
  for (let number = 0; number < earlier; number += 1) await setup.instance.send(await spec(again(request)));
  const called = new Map(parties.map(({ name, id }) => [String(id), name]));
  for (const { name, resource, id } of parties) {
    for (const reading of await sightsOf(context, setup, resource, id)) {
      const before = numbersIn(reading.toldBy(await setup.instance.send(reading.request)), called);
      reads.push({ label: `${name}${reading.part}`, reading, before });
    }
  }
  const one = who === 'usual' ? null : await newcomer(context, setup);
  const other = who === 'two newcomers' ? await newcomer(context, setup) : one;
  return {
    first: sentBy(one, await spec(again(request))),
    second: sentBy(other, await spec(second(request))),
    bound,
    look: async () => {
      const facts: Record<string, string> = {};
      const exchanges: Exchange[] = [];
      for (const { label, reading, before } of reads) {
        const after = await setup.instance.send(reading.request);
        exchanges.push(after);
        for (const [place, value] of numbersIn(reading.toldBy(after), called)) {
          const was = before.get(place);
          if (isOwnBusiness(place) || isNow(value) || was === undefined) continue;
          facts[`${label}${place}`] = difference(value, was);
        }
      }
      return { facts, reads: exchanges };
    },
  };
}

/** The request with texts that no other has. */
export function renamed(context: ProbeContext, { operation }: Movement, request: RequestCase): RequestCase {
  return withUniqueTexts(context, operation, request, { likely: true });
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
function behind(context: ProbeContext, setup: Setup, made: Made): readonly Seen[] {
  return referredToBy(context, setup, made)
    .filter(({ target, resource }) => target.startsWith('body:') && setup.resource(resource).read !== null)
    .map(({ target, resource, id }) => ({ name: calledAt({ target, resource }), resource, id }))
    .slice(0, mostBehind);
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

/** Of things that are there, too, it is seen what their numbers change by, but not of which other one they are. */
function fellowOf(setup: Setup, resource: string, kin: Kin | null, besides: readonly Json[]): Promise<Made> {
  return kin === null
    ? orSome(setup, resource, () => setup.makeFellow(resource), besides)
    : setup.makeFellow(resource, kin);
}

/** One that nothing else is made with: others need it to have enough. */
async function makeScarce(setup: Setup, { resource, place }: Scarce, kin: Kin | null): Promise<Made> {
  const made = await setup.make(resource, (request) =>
    pinned(kin === null ? request : pinned(request, kin.target, kin.id), `body:${place}`, 1),
  );
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
