import { isJsonObject, type Json } from '@assay/contract';
import { unwrapped } from '../answers/counterpart.ts';

/** Members by which a thing says that it is not in use any more. */
const telling =
  /delet|archiv|remov|trash|cancel|discard|clos|expir|terminat|withdr|revok|suspend|retir|purg|void|(?:^|is_?|de|in)activ|abled|publish|visib|hid|status|state|^(?:end|left|lapse)(?:s|ed)?_?(?:at|on|date)?$/i;
/** What such a member says where it was not shown before. */
const over = /delet|archiv|remov|trash|cancel|discard|clos|expir|terminat|withdr|revok|suspend|retir|inactiv|disabl/i;

/**
 * Whether what is shown after a deletion says of itself that it is not in use any more, as it did not before it: `status` that was open and is
 * cancelled now, `deleted_at` with a time, `is_active: false`.
 * @param before the thing as it was shown before; undefined when that is not known.
 */
export function isTombstone(before: Json | undefined, after: Json): boolean {
  const earlier = before === undefined ? {} : said(unwrapped(before));
  return Object.entries(said(unwrapped(after))).some(([place, value]) =>
    place in earlier ? value !== earlier[place] : saysItself(place, value),
  );
}

function saysItself(place: string, value: string): boolean {
  const name = place.slice(place.lastIndexOf('/') + 1);
  if (over.test(name) || /hid/i.test(name)) return !['null', 'false', '0', '""'].includes(value);
  return value === 'false' || over.test(value);
}

/** What a thing says of itself, by place, as JSON text; what other things say that stand in lists in it is not its own. */
function said(thing: Json, at = ''): Readonly<Record<string, string>> {
  if (!isJsonObject(thing)) return {};
  return Object.assign(
    {},
    ...Object.entries(thing).map(([name, value]) => {
      if (isJsonObject(value)) return said(value, `${at}/${name}`);
      return telling.test(name) ? { [`${at}/${name}`]: JSON.stringify(value) } : {};
    }),
  ) as Readonly<Record<string, string>>;
}
