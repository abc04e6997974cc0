import type { Exchange, Instance, ListOperation, ProbeContext, RequestSpec, Resource } from '@assay/contract';
import { walk, withoutQuery } from '../answers/list-walk.ts';
import { isForRecords } from '../database/home-tables.ts';
import { type Setup, SetupFailed } from '../setup/setup.ts';
import { firstPage } from './first-page.ts';

const pageLimit = 50;
const mostPages = 8;

export interface ListCount {
  readonly operation: string;
  /** The last page. */
  readonly exchange: Exchange;
  readonly items: number;
}

interface KnownList {
  readonly counted: ListCount;
  readonly list: ListOperation;
  readonly first: RequestSpec;
  readonly limit: number;
}

/** Lists of everything that were walked to their end, and had as many items when they were walked again. None that gets records of what happened. */
export async function steadyLists(context: ProbeContext, setup: Setup): Promise<readonly KnownList[]> {
  const found: KnownList[] = [];
  const resources = context.shape.resources.filter((resource) => !isAddedTo(resource));
  for (const list of resources.flatMap(({ lists }) => lists)) {
    if (context.signal.aborted) break;
    try {
      const bare = withoutQuery(await setup.request(list.operation));
      const known = { list, ...firstPage(context.contract, list, bare, pageLimit) };
      const before = await countOf(setup.instance, known);
      const counted = before === null ? null : await countOf(setup.instance, known);
      if (counted !== null && counted.items === before?.items) found.push({ ...known, counted });
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
    }
  }
  return found;
}

/**
 * Records come by themselves. What people make and read may have such a name as well, as the events of a ticket shop. Not jobs, runs, sessions and tokens: a start queues
 * work that comes again and again, and whoever signs in again has another one.
 */
function isAddedTo({ name, create, read }: Resource): boolean {
  const isPeoples = create !== null && read !== null && /event|histor|version/i.test(name);
  return isForRecords(name) && !isPeoples;
}

export async function countedAgain(instance: Instance, lists: readonly KnownList[]): Promise<readonly ListCount[]> {
  const found: ListCount[] = [];
  for (const list of lists) {
    const now = await countOf(instance, list);
    if (now !== null) found.push(now);
  }
  return found;
}

async function countOf(
  instance: Instance,
  { list, first, limit }: Omit<KnownList, 'counted'>,
): Promise<ListCount | null> {
  const { outcome: end, items, pages } = await walk(instance, list, first, limit, mostPages);
  const exchange = pages.at(-1);
  return end === 'end' && exchange !== undefined ? { operation: list.operation, exchange, items: items.length } : null;
}
