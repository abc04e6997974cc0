import { type Exchange, isJsonObject, type Json, type Operation, type RequestCase } from '@assay/contract';
import { asked } from '../answers/event-streams.ts';
import { scalarsIn } from '../answers/scalars-in.ts';
import { hash } from '../requests/cases.ts';
import { isSuccess, status } from '../words.ts';
import type { Setup } from './setup.ts';
import { Vain } from './vain.ts';

const [day, hourMs] = [86_400_000, 3_600_000];
/** Days from now. An appointment that is `closely` is to come as well, and lasts for an hour. */
const starts = { soon: 20, closely: 20, lately: -20, longAgo: -12_000 } as const;
export type Time = keyof typeof starts;
/** Over how many days requests are spread: two that want the same room want it on the same day seldom. */
const spread = 40;
/** The same of the hours at which something begins that lasts for one. */
const hours = 20;
const date = /^\d{4}-\d\d-\d\d(?=$|[Tt ]\d\d:)/;

/** Whether a text is a date, or begins with one and a time of day. */
export function isDated(text: string): boolean {
  return date.test(text);
}

/** How often an operation is asked in vain. */
const vain = new Vain(3);

/**
 * Sends a bound request that was refused again with its dates elsewhere: that a stay is to come, and a birth was, no schema tells. What is refused there
 * for what is stored (409) was taken for its form. Null when it names no date, or that makes no difference.
 */
export async function sentAtOtherTimes(
  setup: Setup,
  operation: Operation,
  request: RequestCase,
): Promise<Exchange | null> {
  if (vain.isGivenUp(setup, operation)) return null;
  let conflict: Exchange | null = null;
  for (const time of ['soon', 'closely', 'lately', 'longAgo'] as const) {
    if (time === 'closely' && !namesInstants(request)) continue;
    const moved = atOtherTime(request, time);
    if (moved === request) return null;
    const exchange = await asked(setup.instance, operation, setup.freshKey(operation, moved));
    if (status(exchange) === 409) conflict ??= exchange;
    if (!isSuccess(exchange)) continue;
    setup.taken.note(moved);
    vain.forget(setup, operation);
    return exchange;
  }
  if (conflict === null) vain.note(setup, operation);
  return conflict;
}

/** The request with its dates soon, lately, or when somebody who is of age was born. */
export function atOtherTime(request: RequestCase, time: Time): RequestCase {
  const start = starts[time];
  const chance = Math.abs(hash(JSON.stringify(request)));
  const from = start + Math.sign(start) * (chance % spread);
  return movedTo(request, from, Date.now(), time === 'closely' ? Math.floor(chance / spread) % hours : null);
}

const begins = /start|begin|from|open|since|check_?-?in|pick_?-?up|depart/i;
const ends = /end|until|till|clos|check_?-?out|return|expir|arriv|(?:^|_)to$|[a-z]To$/i;

/**
 * The request with what begins and ends so many days later, where it says both, and to come where it was: two that would share a room, or a seat, seldom may at the
 * same time, and little can be done with what is over. How long it lasts stays as it was.
 */
export function apart(request: RequestCase, days: number, now = Date.now()): RequestCase {
  const body = request.body?.value as Json | undefined;
  if (request.body === undefined || body === undefined) return request;
  const dated = scalarsIn(body).filter(({ value }) => typeof value === 'string' && isDated(value));
  const times = dated.map(({ value }) => Date.parse(String(value)));
  // A birth and a death are no time for which something is booked.
  const isPeriod = [begins, ends].every((kind) => dated.some(({ name }) => kind.test(name)));
  if (!isPeriod || dated.length < 2 || times.some(Number.isNaN)) return request;
  const isOver = times.every((time) => time < now);
  const ahead = days + (isOver ? Math.ceil((now - Math.min(...times)) / day) + starts.soon : 0);
  if (ahead === 0) return request;
  const moved = (text: string): string => {
    const shifted = new Date(Date.parse(`${text.slice(0, 10)}T00:00:00Z`) + ahead * day).toISOString();
    return isDated(shifted) ? shifted.slice(0, 10) + text.slice(10) : text;
  };
  const value = withTexts(body, (text) => (isDated(text) ? moved(text) : text));
  return { ...request, body: { ...request.body, value } };
}

function withTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item: Json) => withTexts(item, change));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withTexts(member, change)]));
}

const instant = /^\d{4}-\d\d-\d\d([Tt ])\d\d:\d\d(?::\d\d(?:\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?$/;

/** Whether it says when something begins and ends, to the minute. */
function namesInstants(request: RequestCase): boolean {
  return instantsIn(request).length > 1;
}

/** Whether it says the time of something, as of an event, and not only a day, as of a birth. */
export function saysTheTime(request: RequestCase): boolean {
  return instantsIn(request).length > 0;
}

function instantsIn({ query, body }: RequestCase): readonly string[] {
  const texts = scalarsIn([query, (body?.value as Json | undefined) ?? null]).map(({ value }) => String(value));
  return texts.filter((text) => instant.test(text));
}

/** A moment as another one is written: with its offset, to the second. */
function writtenAs(text: string, at: number): string {
  const [, between = 'T', offset = ''] = instant.exec(text) ?? [];
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)$/.exec(offset) ?? [];
  const ahead = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  return new Date(at + ahead).toISOString().slice(0, 19).replace('T', between) + offset;
}

/**
 * The request with each of its dates on a day of its own from `start` on, in the order that they had; times and offsets stay as they are written.
 * @param hour of the day at which moments begin that come one hour after the other; null where they are days apart as well
 */
export function movedTo(
  request: RequestCase,
  start: number,
  now = Date.now(),
  hour: number | null = null,
): RequestCase {
  const body = request.body?.value as Json | undefined;
  const told = scalarsIn([request.query, body ?? null]).flatMap(({ value }) =>
    typeof value === 'string' && isDated(value) ? [value] : [],
  );
  if (told.length === 0) return request;
  const days = new Map(
    [...new Set(told)]
      .sort()
      .map((value, index) => [value, new Date(now + (start + index) * day).toISOString().slice(0, 10)]),
  );
  const moments = hour === null ? [] : told.filter((text) => instant.test(text));
  const first = Math.floor((now + start * day) / day) * day + (hour ?? 0) * hourMs;
  const times = new Map(
    [...new Set(moments)]
      .toSorted((a, b) => Date.parse(a) - Date.parse(b))
      .map((value, index) => [value, writtenAs(value, first + index * hourMs)]),
  );
  const moved = (value: Json): Json =>
    withTexts(value, (text) => times.get(text) ?? text.replace(date, days.get(text) ?? '$&'));
  return {
    ...request,
    query: moved(request.query as Json) as RequestCase['query'],
    ...(request.body === undefined || body === undefined ? {} : { body: { ...request.body, value: moved(body) } }),
  };
}
