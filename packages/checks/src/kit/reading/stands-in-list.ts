import type { Exchange, Json, ProbeContext, Resource } from '@assay/contract';
import { itemsOf, walk, withoutQuery } from '../answers/list-walk.ts';
import { itemIdOf } from '../setup/id-of.ts';
import type { Setup } from '../setup/setup.ts';
import { firstPage } from './first-page.ts';

const pageSize = 50;
const mostPages = 100;

interface Listed {
  readonly page: Exchange;
  readonly item: Json;
}

/** Where a thing stands in the list of its kind. Only a list that was walked to its end proves that it is absent. */
export async function standsInList(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  id: Json,
): Promise<Listed | 'absent' | 'unknown'> {
  const list = resource.lists[0];
  if (list === undefined) return 'unknown';
  const bare = withoutQuery(await setup.request(list.operation));
  const { first, limit } = firstPage(context.contract, list, bare, pageSize);
  const { pages, outcome } = await walk(context.backend, list, first, limit, mostPages);
  for (const page of pages) {
    const item = itemsOf(list, page)?.find((one) => String(itemIdOf(resource, one)) === String(id));
    if (item !== undefined) return { page, item };
  }
  return outcome === 'end' ? 'absent' : 'unknown';
}
