import type { Exchange, Instance, ListOperation, ProbeContext, RequestSpec } from '@assay/contract';
import { walk, withoutQuery, withQuery } from '../answers/list-walk.ts';
import { isForRecords } from '../database/home-tables.ts';
import { type Setup, SetupFailed } from '../setup/setup.ts';

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
  readonly request: RequestSpec;
}

/** Lists of everything that were walked to their end, and had as many items when they were walked again. None that is for records of what happened. */
export async function steadyLists(context: ProbeContext, setup: Setup): Promise<readonly KnownList[]> {
  const found: KnownList[] = [];
  const resources = context.shape.resources.filter(({ name }) => !isForRecords(name));
  for (const list of resources.flatMap(({ lists }) => lists)) {
    if (context.signal.aborted) break;
    try {
      const request = withoutQuery(await setup.request(list.operation));
      const first = await countOf(setup.instance, list, request);
      const second = first === null ? null : await countOf(setup.instance, list, request);
      if (second !== null && second.items === first?.items) found.push({ counted: second, list, request });
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
    }
  }
  return found;
}

export async function countedAgain(instance: Instance, lists: readonly KnownList[]): Promise<readonly ListCount[]> {
  const found: ListCount[] = [];
  for (const { list, request } of lists) {
    const now = await countOf(instance, list, request);
    if (now !== null) found.push(now);
  }
  return found;
}

async function countOf(instance: Instance, list: ListOperation, request: RequestSpec): Promise<ListCount | null> {
  const name = list.pagination?.limit ?? null;
  const first = name === null ? request : withQuery(request, { [name]: pageLimit });
  const { outcome: end, items, pages } = await walk(instance, list, first, pageLimit, mostPages);
  const exchange = pages.at(-1);
  return end === 'end' && exchange !== undefined ? { operation: list.operation, exchange, items: items.length } : null;
}
