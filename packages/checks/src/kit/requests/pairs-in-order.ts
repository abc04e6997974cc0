import { type Contract, isJsonObject, type Json, type Operation, type RequestCase } from '@assay/contract';
import { isValidBody } from './json-body.ts';
import { withValueAt } from './pin.ts';

/*
 * `starts_at` comes before `ends_at`, and `min` is no more than `max`: nearly every backend holds to that, and JSON Schema cannot say it. Requests that are
 * meant to be valid keep to it, too.
 */

/** Words for the lesser of two, each with the words for the greater. */
const opposites: readonly (readonly [RegExp, RegExp])[] = [
  [/start(s|ed|ing)?|begin(s|ning)?/i, /end(s|ed|ing)?|finish(es|ed)?|stop(s|ped)?/i],
  [/from|since|after/i, /to|until|till|thru|through|before/i],
  [/min(imum)?|low(er|est)?|least/i, /max(imum)?|high(er|est)?|upper|most/i],
  [/open(s|ing|ed)?/i, /clos(e|es|ing|ed)/i],
  [/check_?-?in/i, /check_?-?out/i],
  [/depart(s|ure)?/i, /arriv(es|al)/i],
  [/earliest|first/i, /latest|last/i],
  [/pick_?-?up/i, /drop_?-?off/i],
];

/** The name of the greater one of a pair, by the name of the lesser; null when there is none among the names. */
function greaterOf(name: string, names: readonly string[]): string | null {
  const words = wordsOf(name);
  for (const [lesser, greater] of opposites) {
    const at = words.findIndex((word) => isWhole(lesser, word));
    if (at < 0) continue;
    const found = names.find((other) => {
      const others = wordsOf(other);
      return (
        others.length === words.length &&
        others.every((word, index) => (index === at ? isWhole(greater, word) : word === words[index]))
      );
    });
    if (found !== undefined) return found;
  }
  return null;
}

function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/(check|pick|drop)[_-](in|out|up|off)/g, '$1$2')
    .split(/[^a-z\d]+/);
}

function isWhole(pattern: RegExp, word: string): boolean {
  return pattern.exec(word)?.[0] === word;
}

/** How far moments, and days, may be apart that are to be near: many things last for hours, or for days, and no longer. Milliseconds. */
const nearby = { moments: 8 * 3_600_000, days: 14 * 86_400_000 };

/**
 * The case with the values of each pair in order; as it is where the schema leaves no room for that.
 * @param near moments and days that are far apart are brought together as well
 */
export function pairsInOrder(
  contract: Contract,
  operation: Operation,
  request: RequestCase,
  near = false,
): RequestCase {
  // A range from a day to the same day is one: only the order counts there.
  const query = pairsIn(request.query as Json, false, false).reduce(written, request.query as Json);
  const inOrder = query === request.query ? request : { ...request, query: query as RequestCase['query'] };
  const value = request.body?.value as Json | undefined;
  if (inOrder.body === undefined || value === undefined || typeof value === 'string') return inOrder;
  // One for which the schema leaves no room keeps no other from being put in order.
  const body = pairsIn(value, true, near).reduce<Json>((before, pair) => {
    const after = written(before, pair);
    return isValidBody(contract, operation, after) ? after : before;
  }, value);
  return body === value ? inOrder : { ...inOrder, body: { ...inOrder.body, value: body } };
}

/** Whether a body names one of a pair and not the other: what it is refused for may be the other one as it stands. */
export function namesHalfOfPair(body: Json | undefined, names: readonly string[]): boolean {
  if (!isJsonObject(body)) return false;
  return names.some((name) => {
    const greater = greaterOf(name, names);
    return greater !== null && name in body !== greater in body;
  });
}

/** A pair that is not as it should be: JSON Pointers to the lesser and the greater, with what belongs there. */
interface Pair {
  readonly lesser: readonly [string, Json];
  readonly greater: readonly [string, Json];
}

/** @param apart whether what is the same is made to differ, too */
function pairsIn(value: Json, apart: boolean, near: boolean, at = ''): readonly Pair[] {
  if (Array.isArray(value)) return value.flatMap((item: Json, index) => pairsIn(item, apart, near, `${at}/${index}`));
  if (!isJsonObject(value)) return [];
  const place = (name: string): string => `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return Object.entries(value).flatMap(([name, inside]) => {
    const greater = greaterOf(name, Object.keys(value));
    const other = greater === null ? undefined : value[greater];
    const pair = other === undefined ? null : pairOf(inside, other, apart, near);
    const own: readonly Pair[] =
      greater === null || pair === null ? [] : [{ lesser: [place(name), pair[0]], greater: [place(greater), pair[1]] }];
    return [...pairsIn(inside, apart, near, place(name)), ...own];
  });
}

function written(whole: Json, { lesser, greater }: Pair): Json {
  return withValueAt(withValueAt(whole, ...lesser), ...greater);
}

/** Both in order; null when they are so already, or cannot be compared. */
function pairOf(lesser: Json, greater: Json, apart: boolean, near: boolean): readonly [Json, Json] | null {
  const isNumber = typeof lesser === 'number' && typeof greater === 'number';
  const [first, second] = isNumber ? [lesser, greater] : [instantOf(lesser), instantOf(greater)];
  if (first === null || second === null) return null;
  const earlier = first < second ? lesser : greater;
  if (near && !isNumber && isFar(lesser, greater)) return [earlier, later(String(earlier))];
  if (first < second) return null;
  if (first > second) return [greater, lesser];
  if (!apart) return null;
  return isNumber ? [lesser, greater + 1] : [lesser, later(String(greater))];
}

function isFar(lesser: Json, greater: Json): boolean {
  const [first, second] = [lesser, greater].map((value) => Date.parse(String(value)));
  const isDay = /^\d{4}-\d\d-\d\d$/.test(String(lesser));
  return Math.abs((second ?? 0) - (first ?? 0)) > (isDay ? nearby.days : nearby.moments);
}

/** Milliseconds for what is a date, a time, or both. */
function instantOf(value: Json): number | null {
  if (typeof value !== 'string') return null;
  if (/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?$/.test(value))
    return Number.isNaN(Date.parse(value)) ? null : Date.parse(value);
  const time = /^(\d\d):(\d\d)(:\d\d)?/.exec(value);
  return time === null ? null : (Number(time[1]) * 60 + Number(time[2])) * 60_000;
}

/** A day later where it is a date, an hour where it is an instant; a time of the day stays. */
function later(text: string): string {
  const instant = Date.parse(text);
  // The last day that four digits can name has none after it.
  if (Number.isNaN(instant) || text.startsWith('9999-12-31')) return text;
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return new Date(instant + 86_400_000).toISOString().slice(0, 10);
  return new Date(instant + 3_600_000).toISOString().replace('.000Z', 'Z');
}
