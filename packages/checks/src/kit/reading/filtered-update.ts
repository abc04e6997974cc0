import {
  bodyJson,
  encodeRequest,
  type Exchange,
  isJsonObject,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestCase,
  type Resource,
} from '@assay/contract';
import { counterpart, unwrapped } from '../answers/counterpart.ts';
import { itemsOf, walk, withoutQuery, withQuery } from '../answers/list-walk.ts';
import { withShownVersion } from '../answers/shown-version.ts';
import type { MemberFilter } from '../comparison/member-filters.ts';
import { bareThing } from '../requests/bare-thing.ts';
import { fullest, plainCases, sayingAll } from '../requests/cases.ts';
import { isValidBody } from '../requests/json-body.ts';
import { withNeededTag, withoutConditions } from '../requests/without-conditions.ts';
import { thingIn, wrappedAs } from '../requests/wrapped-body.ts';
import { itemIdOf } from '../setup/id-of.ts';
import type { Setup } from '../setup/setup.ts';
import { isSuccess, status } from '../words.ts';
import { firstPage } from './first-page.ts';
import { mayBeStale } from './may-be-stale.ts';
import { askedUntil, lostAfterMs } from './still-there.ts';

const [pageSize, mostPages] = [100, 20];

/** Whether a filtered list brings a thing, and the page that does, or its last one. */
export interface Look {
  readonly shown: boolean;
  readonly page: Exchange;
}

/** A filtered list before and after an update of the member that it is filtered by. */
export interface FilterLooks {
  readonly value: Json;
  readonly before: Look;
  readonly after: Look;
}

export interface FilteredUpdate {
  readonly list: string;
  readonly parameter: string;
  readonly member: string;
  readonly from: Json;
  readonly to: Json;
  /** Whether the contract says what each value of the filter does. */
  readonly isSaid?: boolean;
  /** Whether the list without a filter brought the thing before, and after. */
  readonly listed: { readonly before: boolean; readonly after: boolean };
  readonly write: Exchange;
  readonly read: Exchange;
  /** Filtered by what it was, and by what it is. */
  readonly looks: readonly [FilterLooks, FilterLooks];
}

interface Changing {
  readonly context: ProbeContext;
  readonly setup: Setup;
  readonly resource: Resource;
  readonly operation: Operation;
}

/**
 * Looks for a new thing in a list that is filtered by a member, changes that member, reads it, and looks again. Null when it was not changed, or a list could not be walked,
 * or may be older than it says. Throws SetupFailed.
 */
export async function filteredUpdate(
  changing: Changing,
  filter: MemberFilter,
  patienceMs = lostAfterMs,
): Promise<FilteredUpdate | null> {
  const { context, setup, resource, operation } = changing;
  const { id } = await setup.make(resource.name);
  const own = { [`path:${resource.idParameter ?? 'id'}`]: id };
  const readRequest = withoutConditions(await setup.request(resource.read ?? '', own));
  const before = await context.backend.send(readRequest);
  const from = memberIn(resource, filter, before);
  if (from === undefined || !filter.values.includes(from)) return null;
  const look = async (value: Json, state: Json, wanted: boolean): Promise<Look | null> => {
    const once = () => looked(changing, filter, id, value, state);
    // `archived=true` may bring the others as well: that is not waited for.
    if (value === true && !wanted) return once();
    return askedUntil(once, (seen) => seen === null || seen.shown === wanted, {
      signal: context.signal,
      patienceMs,
    });
  };
  const listed = await looked(changing, filter, id, null, from);
  const oldBefore =
    listed?.shown === true ? await look(from, from, true) : await looked(changing, filter, id, from, from);
  // What is in neither is kept elsewhere, or not shown at all.
  if (listed === null || oldBefore === null || (!listed.shown && !oldBefore.shown)) return null;
  const to = from === filter.values[0] ? filter.values[1] : filter.values[0];
  const newBefore = await look(to, from, false);
  const request = saying(changing, filter.member, to, before);
  if (newBefore === null || request === null || context.signal.aborted) return null;
  const shown = bodyJson(before.response?.body) as Json | undefined;
  const bound = withShownVersion(context.contract, operation, await setup.bind(operation, request, own), shown);
  const write = await context.backend.send(withNeededTag(operation, encodeRequest(operation, bound), before));
  if (!isSuccess(write) || status(write) === 202) return null;
  const read = await context.backend.send(readRequest);
  if (memberIn(resource, filter, read) !== to || mayBeStale(read)) return null;
  const newAfter = await look(to, to, true);
  const oldAfter = await look(from, to, false);
  const stillListed = await looked(changing, filter, id, null, to);
  if (newAfter === null || oldAfter === null || stillListed === null || context.signal.aborted) return null;
  return {
    list: filter.list.operation,
    parameter: filter.parameter,
    member: filter.member,
    from,
    to,
    isSaid: filter.isSaid,
    listed: { before: listed.shown, after: stillListed.shown },
    write,
    read,
    looks: [
      { value: from, before: oldBefore, after: oldAfter },
      { value: to, before: newBefore, after: newAfter },
    ],
  };
}

/** Null when the list was not walked to its end, may be older than it says, or shows the thing as it is not. */
async function looked(
  { context, setup, resource }: Changing,
  { list, parameter, member }: MemberFilter,
  id: Json,
  value: Json | null,
  state: Json,
): Promise<Look | null> {
  const bare = withoutQuery(await setup.request(list.operation));
  const { first, limit } = firstPage(
    context.contract,
    list,
    value === null ? bare : withQuery(bare, { [parameter]: String(value) }),
    pageSize,
  );
  const { pages, outcome } = await walk(context.backend, list, first, limit, mostPages);
  if (pages.some(mayBeStale)) return null;
  for (const page of pages) {
    const item = itemsOf(list, page)?.find((one) => String(itemIdOf(resource, one)) === String(id));
    if (item === undefined) continue;
    const thing = unwrapped(item);
    const is = isJsonObject(thing) ? thing[member] : undefined;
    return is === undefined || is === state ? { shown: true, page } : null;
  }
  const last = pages.at(-1);
  return last === undefined || outcome !== 'end' ? null : { shown: false, page: last };
}

function memberIn(resource: Resource, { member }: MemberFilter, read: Exchange): Json | undefined {
  const body = bodyJson(read.response?.body) as Json | undefined;
  if (!isSuccess(read) || body === undefined) return undefined;
  const { back } = counterpart(resource, null, body);
  const thing = isJsonObject(back) && member in back ? back : unwrapped(body);
  return isJsonObject(thing) ? thing[member] : undefined;
}

/** A request that says this of the thing, and of everything else what it shows already. Null when there is none. */
function saying(
  { context, resource, operation }: Changing,
  member: string,
  value: Json,
  before: Exchange,
): RequestCase | null {
  const full = fullest(plainCases(context, operation, 'filtered'), sayingAll);
  if (full?.body === undefined) return null;
  const whole = thingIn(full.body.value as Json);
  const { back } = counterpart(resource, whole.thing, (bodyJson(before.response?.body) as Json | undefined) ?? null);
  const is = Object.entries(isJsonObject(back) ? back : {}).filter(([name]) => name in whole.thing);
  const thing = { ...whole.thing, ...Object.fromEntries(is), [member]: value };
  const next = { ...full, body: { ...full.body, value: wrappedAs(whole, thing) } };
  if (operation.method === 'PATCH') return bareThing(context.contract, operation, next, member);
  return isValidBody(context.contract, operation, next.body.value) ? next : null;
}
