import { isJsonObject, type Json, type JsonObject, valueAt } from '@assay/contract';
import { isEnvelopeName } from '../answers/granted.ts';
import { type Scalar, scalarsIn } from '../answers/scalars-in.ts';
import { isIdName } from '../setup/id-name.ts';
import type { Made } from '../setup/made.ts';

/** A text that short may be in other things as well. */
const tellingLength = 6;

/**
 * Whether somebody's answer tells of the very thing that its owner reads with the same request. A success with nothing in it (`{success: true, data: null}`)
 * does not, nor does what everybody is told: the answer has the thing's id or a text that its owner sent, or else something in it that the owner reads of this
 * thing alone.
 * @param elsewhere what the owner reads with the same operation of other things
 */
export function tellsOf(
  got: unknown,
  was: unknown,
  { id, sent }: Pick<Made, 'id' | 'sent'>,
  elsewhere: readonly unknown[],
): boolean {
  const [theirs, mine] = [innermost(got), innermost(was)];
  if (!isTelling(theirs) || !tellsTheSame(theirs, mine)) return false;
  const at = (place: string): unknown => valueAt(got as Json, place);
  const ids = idPlaces(was, id);
  if (ids.length > 0) return ids.every((place) => String(at(place)) === String(id));
  const texts = new Set<unknown>(scalarsIn(sent).flatMap(({ value }) => (isTellingText(value) ? [value] : [])));
  if (scalarsIn(was).some(({ place, value }) => texts.has(value) && at(place) === value)) return true;
  return elsewhere.length > 0 && isOfThisAlone(theirs, mine, elsewhere.map(innermost));
}

/** Whether there is anything in an answer but that it was a success: not in `{success: true, data: null}`, nor in `{updated: 0}`. */
export function saysSomething(body: unknown): boolean {
  const inside = innermost(body);
  if (!isJsonObject(inside)) return Array.isArray(inside) && inside.length > 0;
  return Object.entries(inside).some(
    ([name, value]) => (isThing(inside) || !isEnvelopeName(name)) && !isEmpty(value) && value !== 0 && value !== false,
  );
}

function isTellingText(value: unknown): value is string {
  return typeof value === 'string' && value.length >= tellingLength;
}

/**
 * Where an answer shows a thing's id, as far up as it does. A number may be any number: only a member that is named like an id is one, and the `id` of an item
 * in a list is the item's.
 */
function idPlaces(body: unknown, id: Json): readonly string[] {
  const isNumber = /^\d+$/.test(String(id));
  const mayBe = ({ name, place }: Scalar): boolean =>
    !isNumber || (/id$|number$/i.test(name) && !(isIdName(name) && /\/\d+\//.test(place)));
  const places = scalarsIn(body)
    .filter((scalar) => String(scalar.value) === String(id) && mayBe(scalar))
    .map(({ place }) => place);
  const depth = (place: string): number => place.split('/').length;
  const least = Math.min(...places.map(depth));
  return places.filter((place) => depth(place) === least);
}

/** The thing in a body, without what the body says of itself, and out of what it is wrapped in. */
export function innermost(body: unknown): unknown {
  if (!isJsonObject(body) || Object.keys(body).some(isIdName)) return body;
  const members = Object.entries(body).filter(([name]) => !isEnvelopeName(name));
  const [only, ...others] = members;
  if (only === undefined) return body;
  return others.length === 0 && (isJsonObject(only[1]) || Array.isArray(only[1]))
    ? innermost(only[1])
    : Object.fromEntries(members);
}

/** Whether there is anything in an answer: an empty list is nobody's secret. */
function isTelling(body: unknown): boolean {
  if (Array.isArray(body)) return body.length > 0;
  if (!isJsonObject(body)) return false;
  const lists = Object.values(body).filter(Array.isArray);
  return lists.length === 0 || lists.some((items) => items.length > 0) || Object.entries(body).some(tells);
}

/** Whether a member beside an empty list says something of a thing, rather than of the list: where its next page is, or how long it is. */
function tells([name, value]: readonly [string, unknown]): boolean {
  return (
    name === 'id' ||
    (typeof value === 'string' &&
      value !== '' &&
      !/next|prev|first|last|self|cursor|token|page|message|status/i.test(name))
  );
}

/** What is told besides may depend on who asks: whether they may edit it, how often it was seen. */
function tellsTheSame(got: unknown, was: unknown): boolean {
  if (!isJsonObject(got) || !isJsonObject(was)) return isSame(got, was);
  const names = Object.keys(was).filter((name) => !isEmpty(was[name]));
  const same = names.filter((name) => isSame(got[name], was[name]));
  // What stands beside a list tells of the list: how long it is, which page it is.
  const lists = isThing(was) ? [] : names.filter((name) => Array.isArray(was[name]));
  return (
    same.length > 0 && same.length * 2 >= names.length && (lists.length === 0 || lists.some((n) => same.includes(n)))
  );
}

function isThing(body: JsonObject): boolean {
  return Object.keys(body).some(isIdName);
}

/** Whether something is the same in both answers, and in none that the owner has of other things. */
function isOfThisAlone(got: unknown, was: unknown, elsewhere: readonly unknown[]): boolean {
  if (!isJsonObject(got) || !isJsonObject(was)) return elsewhere.every((other) => !isSame(other, was));
  return Object.keys(was).some(
    (name) =>
      !isEmpty(was[name]) &&
      isSame(got[name], was[name]) &&
      elsewhere.every((other) => !isJsonObject(other) || !isSame(other[name], was[name])),
  );
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (typeof value === 'object' && Object.keys(value ?? {}).length === 0);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
