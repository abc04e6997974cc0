import { type Contract, isJsonObject, type Json, type Operation, type Parameter } from '@assay/contract';
import { sameName } from '../database/stored-rows.ts';
import { plainSchema } from '../requests/body-schema.ts';

/** A query parameter that orders a list, and a value for it. */
export interface Order {
  readonly name: string;
  readonly value: string;
}

const ordering = /^(sort|order|ordering)(_?by|_?field|_?key|_?column)?$/i;

/**
 * Orders that a client may ask for: the values that a parameter called like one has, or the members that its pattern or description names.
 * Those come first in which alike things are equal: in them an order without a tie-breaker shows. A value that names nothing of a thing comes next.
 * @param alike things of the list that were made alike, as it shows them
 */
export function ordersOf(contract: Contract, { parameters }: Operation, alike: readonly Json[]): readonly Order[] {
  return parameters
    .filter(({ name, in: place }) => place === 'query' && ordering.test(name))
    .flatMap((parameter) => valuesOf(contract, parameter, alike).map((value) => ({ name: parameter.name, value })))
    .filter(({ value }) => value !== '' && !/rand|shuffle/i.test(value))
    .toSorted((a, b) => rank(a.value, alike) - rank(b.value, alike));
}

/**
 * As many of them as there is time for: the first, and one in which each has its own value (no id, where there is another). Cursors that cut a moment short, or compare
 * numbers as text, show only there.
 */
export function ordersToWalk(orders: readonly Order[], alike: readonly Json[], most: number): readonly Order[] {
  const own = orders.filter(({ value }) => rank(value, alike) === 2);
  const one = own.find(({ value }) => !sameName(orderedBy(value), 'id')) ?? own[0];
  return one === undefined
    ? orders.slice(0, most)
    : [...orders.filter((order) => order !== one).slice(0, most - 1), one];
}

/** The member that an order is by, as these show it; undefined when its value names none. */
export function memberOrderedBy({ value }: Order, things: readonly Json[]): string | undefined {
  return memberCalled(value, things);
}

function memberCalled(value: string, things: readonly Json[]): string | undefined {
  return membersOf(things).find((name) => sameName(name, orderedBy(value)));
}

function valuesOf(contract: Contract, { schema, description }: Parameter, alike: readonly Json[]): readonly string[] {
  const whole = plainSchema(contract, schema);
  // Several may be asked for at once: one is enough.
  const one = whole['items'] === undefined ? whole : plainSchema(contract, whole['items']);
  if (Array.isArray(one['enum'])) return one['enum'].filter((value: Json) => typeof value === 'string');
  const said = [one['pattern'], whole['description'], one['description'], description].filter(
    (text) => typeof text === 'string',
  );
  const words = new Set(said.join(' ').match(/[A-Za-z]\w*/g));
  // Where a word that is only a word was taken for a member, the list is refused or comes in its own order: nothing is lost.
  return membersOf(alike).filter((member) => words.has(member) && tie(member, alike));
}

/** Whether things that were made alike are equal in an order: only there one without a tie-breaker shows. */
export function tiesIn({ value }: Order, alike: readonly Json[]): boolean {
  return rank(value, alike) === 0;
}

/** 0: equal for all of them; 1: no member of theirs; 2: each may have its own. */
function rank(value: string, alike: readonly Json[]): 0 | 1 | 2 {
  const member = memberCalled(value, alike);
  if (member === undefined) return 1;
  return tie(member, alike) ? 0 : 2;
}

function orderedBy(value: string): string {
  return value.replace(/[\s_:.,-]*(asc|desc)(ending)?$/i, '');
}

function tie(member: string, alike: readonly Json[]): boolean {
  const values = new Set(alike.map((item) => JSON.stringify(isJsonObject(item) ? item[member] : null)));
  return alike.length > 1 && values.size === 1;
}

function membersOf([first]: readonly Json[]): readonly string[] {
  return isJsonObject(first)
    ? Object.keys(first).filter((name) => first[name] === null || typeof first[name] !== 'object')
    : [];
}
