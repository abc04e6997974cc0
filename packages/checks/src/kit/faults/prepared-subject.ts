import {
  encodeRequest,
  type Json,
  type ListOperation,
  type Operation,
  type ProbeContext,
  type RequestCase,
  type RequestSpec,
} from '@assay/contract';
import { withoutQuery } from '../answers/list-walk.ts';
import { scalarsIn } from '../answers/scalars-in.ts';
import type { Watched } from '../reading/api-view.ts';
import { firstPage } from '../reading/first-page.ts';
import { readingsOf } from '../reading/readings.ts';
import { operationOf } from '../requests/cases.ts';
import { isPresent, pinned } from '../requests/pin.ts';
import { withoutConditions } from '../requests/without-conditions.ts';
import { calledAt } from '../setup/called-at.ts';
import { feed, type Feeding } from '../setup/feeding.ts';
import type { Readying } from '../setup/readying.ts';
import { referredToBy } from '../setup/referred-to.ts';
import { type Kin, kinOf, parentsFirst } from '../setup/kinship.ts';
import { orSome } from '../setup/or-some.ts';
import { atOtherTime, isDated, type Time } from '../setup/other-times.ts';
import { type Made, type Setup, SetupFailed } from '../setup/setup.ts';
import { isInVain, putToUse, type Use } from './put-to-use.ts';

/** A request of which nothing was sent yet, on things of its own, and what is read to see what it does. */
export interface PreparedSubject {
  readonly request: RequestSpec;
  readonly bound: RequestCase;
  readonly sent: Json | undefined;
  readonly watched: Watched;
}

/** What is done to the things that a request acts on before it is sent. */
export interface Way {
  readonly feeding: Feeding | null;
  /** Brings them into the state that the request needs. */
  readonly readying: Readying | null;
  /** Makes what refers to the thing that the path names. */
  readonly use: Use | null;
  /** When the dates of the things are. */
  readonly time: Time | null;
  /** Whether what these things were made to refer to is watched as well, and what refers to them. */
  readonly around: boolean;
}

export const asMade: Way = { feeding: null, readying: null, use: null, time: null, around: false };

interface Named {
  readonly label: string;
  readonly resource: string;
  readonly id: Json;
}

const pageSize = 100;
/** How many things are watched that those of the request were made to refer to. */
const mostAround = 4;

/** How often things are made for a use of them. */
const mostMade = 3;

/** Makes the things that a request acts on. Throws SetupFailed. */
export async function preparedSubject(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
  request: RequestCase,
  way: Way,
): Promise<PreparedSubject> {
  const { readying, use, around } = way;
  for (let made = 0; made < (use === null ? 1 : mostMade); made += 1) {
    if (use !== null && isInVain(setup, use)) break;
    // Most may be used only before they begin.
    const time = use !== null && made % 2 === 0 ? 'closely' : way.time;
    const { own, named, behind } = await thingsFor(context, setup, operation, request, { ...way, time });
    const bound = await setup.bind(operation, request, own);
    if (readying !== null) await setup.readyings.before(setup, operation, bound, readying);
    const id = use === null ? null : await putToUse(context, setup, use, bound);
    if (use !== null && id === null) continue;
    const using = use === null || id === null ? [] : [{ label: use.resource.name, resource: use.resource.name, id }];
    const seen = [...named, ...(around ? [...using, ...behind].slice(0, mostAround) : [])];
    return {
      request: withoutConditions(encodeRequest(operation, bound)),
      bound,
      sent: bound.body?.value as Json | undefined,
      watched: {
        things: await thingsToRead(context, setup, seen),
        lists: await listsOf(context, setup, operation, seen),
      },
    };
  }
  throw new SetupFailed(
    `nothing could be made of ${use?.resource.name ?? operation.id} for what ${operation.id} acts on`,
  );
}

async function thingsFor(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
  request: RequestCase,
  { feeding, around, time }: Way,
) {
  const own: Record<string, Json> = {};
  const named: Named[] = [];
  const behind: Named[] = [];
  const timed = (plain: RequestCase): RequestCase =>
    time === null || !beginsAndEnds(plain) ? plain : atOtherTime(plain, time);
  // What belongs to another thing that the request names is made for that one: a ticket of that event.
  const one = (resource: string, kin: Kin | null): Promise<Made> =>
    orSome(setup, resource, () =>
      setup.make(resource, (plain) => timed(kin === null ? plain : pinned(plain, kin.target, kin.id))),
    );
  const fellow = (resource: string): Promise<Made> => orSome(setup, resource, () => setup.makeFellow(resource));
  const taken = new Map<string, readonly Json[]>();
  for (const { target, resource } of parentsFirst(context, setup.bindingsOf(operation.id))) {
    if (target.startsWith('query:') || !isPresent(request, target)) continue;
    const inPath = target.startsWith('path:');
    // What is named after it in the path was made somewhere: that is the one.
    const known = setup.whereabouts.known(resource, own[target] ?? null);
    const kin = inPath ? null : kinOf(context, resource, taken);
    const made = known ?? (await (inPath || time !== null || kin !== null ? one(resource, kin) : fellow(resource)));
    own[target] = made.id;
    taken.set(resource, [...(taken.get(resource) ?? []), made.id]);
    const places = inPath ? setup.whereabouts.places(operation, { [target]: made.id }, () => resource) : {};
    for (const [place, id] of Object.entries(places)) own[place] ??= id;
    if (feeding !== null) await feed(context, setup, feeding, [{ resource, id: made.id }]);
    const label = calledAt({ target, resource });
    named.push({ label, resource, id: made.id });
    for (const other of around ? referredToBy(context, setup, made) : [])
      behind.push({ ...other, label: `${calledAt(other)} of ${label}` });
  }
  return { own, named, behind };
}

/** Whether it says of more than one day when that is: a birth is one, and was. */
function beginsAndEnds({ body }: RequestCase): boolean {
  return scalarsIn((body?.value as Json | undefined) ?? null).filter(({ value }) => isDated(String(value))).length > 1;
}

async function thingsToRead(context: ProbeContext, setup: Setup, seen: readonly Named[]): Promise<Watched['things']> {
  const things: Watched['things'][number][] = [];
  for (const { label, resource, id } of seen)
    for (const { part, request: read } of await readingsOf(context, setup, resource, id))
      things.push({ label: `${label}${part}`, read: withoutConditions(read) });
  return things;
}

/**
 * Lists of what the operation itself makes or takes away, and lists that hang on one of the things that are watched. How much longer
 * another list grows (of tags, of categories) depends on what was there before.
 */
async function listsOf(
  context: ProbeContext,
  setup: Setup,
  { id: operation }: Operation,
  named: readonly Named[],
): Promise<Watched['lists']> {
  const lists: Watched['lists'][number][] = [];
  const watch = (label: string, list: ListOperation, request: RequestSpec): void => {
    lists.push({ label, list, ...firstPage(context.contract, list, bare(request), pageSize) });
  };
  const all = context.shape.resources.flatMap((resource) =>
    resource.lists.map((list) => ({ list, isOwn: resource.create === operation || resource.remove === operation })),
  );
  for (const { list, isOwn } of all) {
    const [parent, ...others] = setup.bindingsOf(list.operation).filter(({ target }) => target.startsWith('path:'));
    const { path } = operationOf(context.contract, list.operation);
    if (isOwn && parent === undefined && !path.includes('{'))
      watch(list.operation, list, await setup.request(list.operation));
    if (parent === undefined || others.length > 0) continue;
    for (const { label, id } of named.filter(({ resource }) => resource === parent.resource))
      watch(`${list.operation} of ${label}`, list, await setup.request(list.operation, { [parent.target]: id }));
  }
  return lists;
}

function bare(request: RequestSpec): RequestSpec {
  return withoutConditions(withoutQuery(request));
}
