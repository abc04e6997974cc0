import { bodyJson, bodyText, type Exchange, isJsonObject, type Json } from '@assay/contract';
import { unwrapped } from '../answers/counterpart.ts';

/**
 * Whether a read that was answered with success shows the thing at all. Many frameworks answer a handler that found nothing with 200 and an empty body, with
 * null, or with an envelope that has nothing in it (`{ success: false, data: null }`): that is not polite, and not the thing.
 * @param before what was read while the thing was there; null when that is not known.
 */
export function showsThing(before: Exchange | null, after: Exchange): boolean {
  const [was, is] = [before === null ? undefined : jsonOf(before), jsonOf(after)];
  if (isNothing(is, after)) return before !== null && isNothing(was, before);
  if (was === undefined || is === undefined) return true;
  const [old, now] = [new Map(leaves(unwrapped(was))), leaves(unwrapped(is))];
  return old.size === 0 || now.some(([place, value]) => old.get(place) === value);
}

function jsonOf({ response }: Exchange): Json | undefined {
  return bodyJson(response?.body) as Json | undefined;
}

function isNothing(body: Json | undefined, { response }: Exchange): boolean {
  if (body === undefined) return bodyText(response?.body).trim() === '';
  const inside = unwrapped(body);
  if (Array.isArray(inside)) return inside.length === 0;
  return isJsonObject(inside) ? Object.keys(inside).length === 0 : inside === null || inside === '' || inside === false;
}

/** Values by their place, as JSON text. Null and truth values look alike wherever they stand. */
function leaves(value: Json, at = ''): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null)
    return value === null || typeof value === 'boolean' ? [] : [[at, JSON.stringify(value)]];
  return Object.entries(value).flatMap(([name, member]) => leaves(member as Json, `${at}/${name}`));
}
