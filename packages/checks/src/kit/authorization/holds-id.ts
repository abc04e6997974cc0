import type { Json, Resource } from '@assay/contract';
import { scalarsIn } from '../answers/scalars-in.ts';
import { isIdName } from '../setup/id-name.ts';
import { itemIdOf } from '../setup/id-of.ts';

/** A number that small is in many amounts and counts as well. */
const smallNumber = /^\d{1,6}$/;
/** In an element of a list, or all there is. */
const inAnItem = /\/\d+(?:\/|$)|^$/;

/**
 * Whether a list, or what it is wrapped in, has the thing of this id. A text is looked for wherever it may stand, for it is seldom anything else; a small number
 * counts only as the id of an item itself, and not of something in it.
 */
export function holdsId(list: unknown, id: Json): boolean {
  const scalars = scalarsIn(list);
  const ids = scalars.filter(({ name }) => isIdName(name));
  const least = Math.min(...ids.map(({ place }) => depth(place)));
  const own = ids.filter(({ place }) => depth(place) === least);
  const isSmall = smallNumber.test(String(id));
  // Beside the items stand pages and totals.
  const among = !isSmall ? scalars : own.length > 0 ? own : scalars.filter(({ place }) => inAnItem.test(place));
  return among.some(({ value }) => String(value) === String(id));
}

function depth(place: string): number {
  return place.split('/').length;
}

/** The same for the items of a list of a known kind, which may go by another name than `id`. */
export function holdsItem(resource: Resource, items: readonly Json[], id: Json): boolean {
  const known = items.map((item) => itemIdOf(resource, item));
  if (known.some((own) => own !== undefined && String(own) === String(id))) return true;
  return smallNumber.test(String(id))
    ? holdsId(
        items.filter((_item, index) => known[index] === undefined),
        id,
      )
    : holdsId(items, id);
}
