import {
  isJsonObject,
  type Json,
  type JsonObject,
  type ListOperation,
  type RequestCase,
  type Resource,
} from '@assay/contract';
import { itemsOf, walk, withoutQuery, withQuery } from '../answers/list-walk.ts';
import { thingIn } from '../requests/wrapped-body.ts';
import { itemIdOf } from './id-of.ts';
import { type Setup, SetupFailed } from './setup.ts';

/** How many items are asked for where a list has pages. */
const most = 100;
/** A text that short may be in other things as well. */
const tellingLength = 6;

/** How many pages are read of a list whose first page does not show what was made: most put the newest last. */
const mostPages = 10;
/** Lists that were read page by page in vain, which is then not done again. */
const readInVain = new WeakMap<Setup, Set<string>>();

/**
 * The id of a thing whose creation was answered without one, as a list tells it: the item that has every value that was sent. Of several that
 * have, the last by its number; undefined when there is none, or no telling.
 */
export async function idInList(setup: Setup, resource: Resource, made: RequestCase): Promise<Json | undefined> {
  const { thing } = thingIn(made.body?.value as Json | undefined);
  if (!Object.values(thing).some((value) => typeof value === 'string' && value.length >= tellingLength))
    return undefined;
  for (const list of resource.lists) {
    for await (const items of partsOf(setup, list, made)) {
      const ids = items.filter((item) => shows(item, thing)).flatMap((item) => itemIdOf(resource, item) ?? []);
      const numbers = ids.filter((id) => typeof id === 'number');
      if (ids.length === 1) return ids[0];
      if (ids.length > 1 && numbers.length === ids.length) return Math.max(...numbers);
    }
  }
  return undefined;
}

/** What a list shows where the thing would stand: as much as one answer brings, then all of its first pages. */
async function* partsOf(setup: Setup, list: ListOperation, made: RequestCase): AsyncGenerator<readonly Json[]> {
  const own = Object.fromEntries(Object.entries(made.path).map(([name, value]) => [`path:${name}`, value as Json]));
  const limit = list.pagination?.limit ?? null;
  try {
    const plain = withoutQuery(await setup.request(list.operation, own));
    const long = limit === null ? plain : withQuery(plain, { [limit]: most });
    const whole = itemsOf(list, await setup.instance.send(long));
    const items = whole ?? (limit === null ? null : itemsOf(list, await setup.instance.send(plain))) ?? [];
    yield items;
    const vain = readInVain.get(setup) ?? new Set<string>();
    if (list.pagination === null || items.length === 0 || vain.has(list.operation)) return;
    const isLong = whole !== null && limit !== null;
    const walked = await walk(setup.instance, list, isLong ? long : plain, isLong ? most : items.length, mostPages);
    if (walked.pages.length > 1) yield walked.items;
    if (walked.outcome !== 'broken') readInVain.set(setup, vain.add(list.operation));
  } catch (error) {
    if (!(error instanceof SetupFailed)) throw error;
  }
}

/** Every scalar that was sent and that the item has is the same, and one of them is a text that tells. */
function shows(item: Json, sent: JsonObject): boolean {
  if (!isJsonObject(item)) return false;
  const known = Object.entries(sent).filter(
    ([name, value]) => name in item && value !== null && typeof value !== 'object',
  );
  return (
    known.every(([name, value]) => String(item[name]) === String(value)) &&
    known.some(([, value]) => typeof value === 'string' && value.length >= tellingLength)
  );
}
