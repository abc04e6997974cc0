import {
  isJsonObject,
  type Json,
  type JsonObject,
  type ListOperation,
  type RequestCase,
  type Resource,
} from '@assay/contract';
import { itemsOf, withoutQuery, withQuery } from '../answers/list-walk.ts';
import { thingIn } from '../requests/wrapped-body.ts';
import { itemIdOf } from './id-of.ts';
import { type Setup, SetupFailed } from './setup.ts';

/** How many items are asked for where a list has pages. */
const most = 100;
/** A text that short may be in other things as well. */
const tellingLength = 6;

/**
 * The id of a thing whose creation was answered without one, as a list tells it: the item that has every value that was sent. Of several that
 * have, the last by its number; undefined when there is none, or no telling.
 */
export async function idInList(setup: Setup, resource: Resource, made: RequestCase): Promise<Json | undefined> {
  const { thing } = thingIn(made.body?.value as Json | undefined);
  if (!Object.values(thing).some((value) => typeof value === 'string' && value.length >= tellingLength))
    return undefined;
  for (const list of resource.lists) {
    const alike = (await itemsAround(setup, list, made)).filter((item) => shows(item, thing));
    const ids = alike.flatMap((item) => itemIdOf(resource, item) ?? []);
    const numbers = ids.filter((id) => typeof id === 'number');
    if (ids.length === 1) return ids[0];
    if (ids.length > 1 && numbers.length === ids.length) return Math.max(...numbers);
  }
  return undefined;
}

async function itemsAround(setup: Setup, list: ListOperation, made: RequestCase): Promise<readonly Json[]> {
  const own = Object.fromEntries(Object.entries(made.path).map(([name, value]) => [`path:${name}`, value as Json]));
  const limit = list.pagination?.limit ?? null;
  try {
    const plain = withoutQuery(await setup.request(list.operation, own));
    const whole = limit === null ? null : itemsOf(list, await setup.instance.send(withQuery(plain, { [limit]: most })));
    return whole ?? itemsOf(list, await setup.instance.send(plain)) ?? [];
  } catch (error) {
    if (error instanceof SetupFailed) return [];
    throw error;
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
