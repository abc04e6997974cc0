import { isJsonObject, type Json, type JsonObject } from '@assay/contract';
import { isIdName } from '../setup/id-name.ts';
import { decimal } from './decimal.ts';
import { plain } from './plain-text.ts';
import { isSameIp, isSameUrl } from './same-address.ts';
import { isMasked, isSameCode } from './same-code.ts';
import { isInSeconds, isSameTime } from './same-time.ts';

export interface Difference {
  /** JSON Pointer to the place. */
  readonly place: string;
  readonly sent: Json;
  readonly back: Json;
  /** What kind of value was lost: told to the person. */
  readonly what: string;
}

/** Whether a backend may have put this element, which was not sent, into the list at that place of the answer: whoever makes a room is a member of it. */
type MayAdd = (element: Json, place: string) => boolean;

const mayNot: MayAdd = () => false;

/** How many elements are compared with as many others, each with each. A list may have a hundred thousand, and nothing can interrupt that. */
export const mostCompared = 200;

/**
 * Where what came back is not what was sent. Only places that both have are compared: what a backend adds, leaves out or computes is its own
 * business. What many backends do on purpose is no difference: trimmed white space, changed case, composed Unicode, another way to
 * write the same number, instant (in whole seconds as well), time, code, URL or IP address, sets in another order, each element once and none blank, a reference shown as what it refers to, what is masked.
 */
export function differences(sent: Json, back: Json, at = '', mayAdd: MayAdd = mayNot): readonly Difference[] {
  if (Array.isArray(sent)) {
    if (!Array.isArray(back))
      return back === null || isJsonObject(back)
        ? []
        : [{ place: at, sent, back, what: 'a list became another thing' }];
    return arrayDifferences(sent as readonly Json[], back as readonly Json[], at, mayAdd);
  }
  if (isJsonObject(sent)) {
    if (!isJsonObject(back)) return [];
    return Object.entries(sent).flatMap(([key, value]) => {
      const other = Object.hasOwn(back, key) ? back[key] : undefined;
      return other === undefined
        ? []
        : differences(value, other, `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, mayAdd);
    });
  }
  const what = scalarDifference(sent, back);
  return what === null ? [] : [{ place: at, sent, back, what }];
}

function arrayDifferences(
  sent: readonly Json[],
  back: readonly Json[],
  at: string,
  mayAdd: MayAdd,
): readonly Difference[] {
  if (isAddedTo(sent, back, at, mayAdd)) return [];
  if (sent.length !== back.length) {
    const [kept, backKept] = [asSet(sent), asSet(back)];
    if (kept.length < sent.length && kept.length === backKept.length)
      return arrayDifferences(kept, backKept, at, mayAdd);
    return [{ place: at, sent, back, what: `${sent.length} elements became ${back.length}` }];
  }
  const inOrder = sent.flatMap((item, index) => differences(item, back[index] ?? null, `${at}/${index}`, mayAdd));
  if (inOrder.length === 0) return [];
  return matched(sent, back).unmatched.length === 0 ? [] : inOrder;
}

/** Each element that was sent with one that came back, wherever it stands. Where too many are left over by all, nothing is said of them. */
function matched(sent: readonly Json[], back: readonly Json[]) {
  const byForm = Map.groupBy(back.keys(), (index) => form(back[index] ?? null));
  const rest = sent.filter((item) => byForm.get(form(item))?.pop() === undefined);
  const left = [...byForm.values()]
    .flat()
    .toSorted((a, b) => a - b)
    .map((index) => back[index] ?? null);
  if (rest.length * left.length > mostCompared ** 2) return { left: [], unmatched: [] };
  const unmatched = rest.filter((item) => {
    const index = left.findIndex((other) => differences(item, other).length === 0);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  return { left, unmatched };
}

/** What is the same for elements that are no different. */
function form(item: Json): string {
  return JSON.stringify(typeof item === 'string' ? plain(item) : item);
}

/** Whether all that was sent is there, beside others that may have been added. What was sent once and is there twice was not added. */
function isAddedTo(sent: readonly Json[], back: readonly Json[], at: string, mayAdd: MayAdd): boolean {
  const kept = asSet(sent);
  if (mayAdd === mayNot || back.length <= kept.length) return false;
  const { left, unmatched } = matched(kept, back);
  if (unmatched.length > 0 || left.length > mostCompared) return unmatched.length === 0;
  const isOther = (one: Json): boolean => kept.every((item) => differences(item, one).length > 0) && mayAdd(one, at);
  return left.every(isOther);
}

/** A list of scalars as the set that it may be kept as, without blank texts and what differs in its case alone; any other as it is. */
function asSet(list: readonly Json[]): readonly Json[] {
  if (list.some((item) => isJsonObject(item) || Array.isArray(item))) return list;
  const said = list.filter((item) => !isEmpty(item));
  return [...new Map(said.map((item) => [typeof item === 'string' ? plain(item) : item, item])).values()];
}

function scalarDifference(sent: Json, back: Json): string | null {
  if (sent === back) return null;
  if (typeof sent === 'string' && typeof back === 'string') return stringDifference(sent, back);
  if (typeof sent === 'number' && typeof back === 'number') return isSameNumber(sent, back) ? null : 'a number changed';
  if (sent === null && back !== null) return isEmpty(back) ? null : 'null became a value';
  if (back === null) return isEmpty(sent) ? null : 'a value became null';
  if (typeof sent === typeof back) return 'a truth value changed';
  if (isJsonObject(back)) return shownAs(sent, back);
  // A number told as text, or the other way round, is for the schema to forbid.
  if (isNumeric(sent) && isNumeric(back))
    return decimal(String(sent)) === decimal(String(back)) ? null : 'a number changed';
  return 'a value changed its type';
}

/**
 * A reference is often shown as the thing that it refers to, an amount with its currency. Whether a scalar may become an object is for the schema to
 * say; it is another one only where the object has an id of its own of the same kind, and what was sent nowhere.
 */
function shownAs(sent: Json, back: JsonObject): string | null {
  const members = Object.values(back);
  if (members.some((member) => !isJsonObject(member) && differences(sent, member).length === 0)) return null;
  const isOther = Object.entries(back).some(
    ([name, member]) =>
      isIdName(name) && (Number.isInteger(sent) ? Number.isInteger(member) : isUniversal(sent) && isUniversal(member)),
  );
  return isOther ? 'a reference changed' : null;
}

function isUniversal(value: Json | undefined): boolean {
  return typeof value === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value);
}

/** The last bit or two of a double are beyond the 15 digits that decimal columns and other languages are bound to keep. */
function isSameNumber(sent: number, back: number): boolean {
  return sent === back || (!Number.isInteger(sent) && Math.abs(sent - back) <= 2 * Number.EPSILON * Math.abs(sent));
}

/** What many frameworks make null of, or of null: also a text of which nothing is left when it is trimmed. */
function isEmpty(value: Json): boolean {
  return Array.isArray(value) ? value.length === 0 : typeof value === 'string' && plain(value) === '';
}

function isNumeric(value: Json): boolean {
  return (typeof value === 'number' || typeof value === 'string') && decimal(String(value)) !== null;
}

const instant = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)$/;

function stringDifference(sent: string, back: string): string | null {
  if (instant.test(sent) && instant.test(back)) {
    const shift = Math.abs(Date.parse(sent) - Date.parse(back));
    if (Number.isNaN(shift)) return plain(sent) === plain(back) ? null : 'an instant changed';
    // Parts of a millisecond are beyond what JavaScript and many columns keep.
    if (shift <= 1) return null;
    // A fraction may be left out (RFC 3339, section 5.6).
    if (shift < 1000 && isInSeconds(back)) return null;
    return shift % 900_000 === 0 ? 'an instant moved by hours: a time zone was lost' : 'an instant changed';
  }
  const [left, right] = [decimal(sent), decimal(back)];
  if (left !== null && right !== null) return left === right ? null : 'a decimal number changed';
  const isSame = [isSameUrl, isSameIp, isSameTime, isSameCode, isMasked].some((each) => each(sent, back));
  return isSame || plain(sent) === plain(back) ? null : 'a text changed';
}
