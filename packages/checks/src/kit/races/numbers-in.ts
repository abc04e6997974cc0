import { isJsonObject, type Json } from '@assay/contract';
import { decimalPlaces } from '../answers/decimals.ts';

/** Members by which the items of a list are told apart: `id`, `productId`, `currency_code`. */
const tellsApart = /^(?:id|uuid|key|code|sku|slug|currency)$|(?:_id|_uuid|_code|[a-z](?:Id|Uuid|Code))$/;

/**
 * Every number in a value, and decimals that are written as text, by a name for its place: the JSON Pointer, in which an item of a list goes by what tells it apart
 * from the others (`/items/[7]/onHand`), since lists grow and change their order. Items that nothing tells apart are left out.
 * @param called how ids are called that are others each time: `productId` for the product that the request names
 */
export function numbersIn(
  value: Json | undefined,
  called: ReadonlyMap<string, string> = new Map(),
  at = '',
): ReadonlyMap<string, number | string> {
  const found = new Map<string, number | string>(
    decimalPlaces(value, at).map(({ place, value: number }) => [place, number]),
  );
  for (const [place, list] of listsIn(value, at)) {
    const named = list.flatMap((item) => {
      const name = nameOf(item, called);
      return name === null ? [] : [{ name, item }];
    });
    if (new Set(named.map(({ name }) => name)).size < named.length) continue;
    for (const { name, item } of named)
      for (const [inside, number] of numbersIn(item, called, `${place}/[${name}]`)) found.set(inside, number);
  }
  return found;
}

function listsIn(value: Json | undefined, at: string): readonly (readonly [string, readonly Json[]])[] {
  if (Array.isArray(value)) return [[at, value as readonly Json[]]];
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => listsIn(member, `${at}/${name}`));
}

function nameOf(item: Json, called: ReadonlyMap<string, string>): string | null {
  if (!isJsonObject(item)) return null;
  const told = Object.entries(item).filter(
    ([name, value]) => tellsApart.test(name) && (typeof value === 'string' || typeof value === 'number'),
  );
  const [known] = told.flatMap(([, value]) => called.get(String(value)) ?? []);
  return known ?? (told.length === 0 ? null : told.map(([, value]) => String(value)).join(' '));
}
