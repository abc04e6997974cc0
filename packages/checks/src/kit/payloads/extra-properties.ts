import {
  type Contract,
  isJsonObject,
  type Json,
  type JsonObject,
  type Operation,
  propertiesOf,
  type Random,
  resolved,
} from '@assay/contract';
import { sameName } from '../database/stored-rows.ts';
import { jsonContentOf } from '../requests/json-body.ts';
import { isAround } from './around-it.ts';
import { withOneRight } from './lists-of-rights.ts';

/** What a JSON object in a request may hold by the contract. */
export interface Offer {
  /** Names of its members that a client may set. */
  readonly names: readonly string[];
  /** The schema refuses all others. */
  readonly closed: boolean;
  /** What those of its members offer that are objects with named members themselves. */
  readonly inside: ReadonlyMap<string, Offer>;
}

/** What a request offers of the thing that it writes. */
export interface BodyOffer extends Offer {
  /** `article` of `{article: {title}}`; null when the body is the thing. */
  readonly wrapper: string | null;
}

/** Null when the operation takes no JSON object with named members, or lets its members be anything. */
export function offerOf(contract: Contract, operation: Operation): BodyOffer | null {
  const schema = jsonContentOf(operation)?.schema;
  const offer = schema === undefined ? null : offerIn(contract, schema, 0);
  if (offer === null) return null;
  const [only, ...others] = offer.names;
  const thing = only === undefined || others.length > 0 ? undefined : offer.inside.get(only);
  return only === undefined || thing === undefined || isPart(contract, operation, only)
    ? { ...offer, wrapper: null }
    : { ...thing, wrapper: only };
}

/** How deep objects in objects are looked at: a thing in its wrapper, and an object in the thing. */
const deepest = 2;

function offerIn(contract: Contract, schema: Json, depth: number): Offer | null {
  const object = resolved(schema, contract.definitions);
  if (object === null || object['oneOf'] !== undefined || object['anyOf'] !== undefined) return null;
  const { additionalProperties } = object;
  if (additionalProperties === true || isJsonObject(additionalProperties) || object['patternProperties'] !== undefined)
    return null;
  const members = [...propertiesOf(schema, contract.definitions)].filter(([, member]) => !isReadOnly(contract, member));
  if (propertiesOf(schema, contract.definitions).size === 0) return null;
  const inside = members.flatMap(([name, member]) => {
    const offer = depth === deepest ? null : offerIn(contract, member, depth + 1);
    return offer === null ? [] : [[name, offer] as const];
  });
  return { names: members.map(([name]) => name), closed: additionalProperties === false, inside: new Map(inside) };
}

/** Whether the only member of a request is one of several that the thing shows, such as its address, and not what the thing is wrapped in. */
function isPart(contract: Contract, { method, path }: Operation, name: string): boolean {
  return contract.operations
    .filter((one) => one.path === path && (one.method === method || one.method === 'GET'))
    .flatMap(({ responses }) => responses.filter(({ status }) => status.startsWith('2')))
    .flatMap(({ content }) => content.map(({ schema }) => [...propertiesOf(schema, contract.definitions).keys()]))
    .some((names) => names.includes(name) && names.some((other) => other !== name && !isAround(other)));
}

function isReadOnly(contract: Contract, schema: Json): boolean {
  return (
    (isJsonObject(schema) && schema['readOnly'] === true) ||
    resolved(schema, contract.definitions)?.['readOnly'] === true
  );
}

/** A member that a request does not offer, with a value that the backend would not come to by itself. */
export interface Extra {
  /** `role`; `profile.verified` for a member of an object in the thing. */
  readonly name: string;
  /** JSON Pointer to it in the thing. */
  readonly pointer: string;
  readonly value: Json;
}

const person = /(owner|user|author|account|creator|customer|member|created_?by|tenant|org(anization)?)(_?id)?$/i;

const rights = /role|admin|staff|super|perm|scope|authorit|group|verif|active|approv|plan|tier|credit|balance|paid/i;
const addresses = /ur[il]$|href$|link$|avatar|image|picture|icon/i;

/** What gives rights comes first, addresses come last: there is an end to how many are sent. */
export function turnOf({ name }: Extra): number {
  return rights.test(name) ? 0 : addresses.test(name) ? 2 : 1;
}

/**
 * The members that a thing shows, or its row has, and a request does not offer: each with another value than the thing has now, the most telling first. Lists are left out,
 * but for those of roles and the like, and of objects all but their own members.
 * @param schemas of the members of the thing as the contract shows it
 * @param somebodyElse id of another person; null where there is none
 */
export function extraProperties(
  shown: JsonObject,
  row: JsonObject,
  schemas: ReadonlyMap<string, Json>,
  { names: offered, inside }: Pick<Offer, 'names' | 'inside'>,
  {
    random,
    contract,
    somebodyElse,
  }: { readonly random: Random; readonly contract: Contract; readonly somebodyElse: Json | null },
): readonly Extra[] {
  const found: Extra[] = [];
  const isOffered = (name: string): boolean => offered.some((one) => sameName(one, name));
  const add = (name: string, now: Json, schema: JsonObject): void => {
    if (isOffered(name) || found.some((one) => one.name === name)) return;
    const value = Array.isArray(now)
      ? withOneRight(name, now, resolved(schema['items'] as Json | undefined, contract.definitions))
      : tellingValue(name, now, schema, random, somebodyElse);
    if (value !== null) found.push({ name, pointer: `/${escaped(name)}`, value });
  };
  for (const [name, now] of Object.entries(shown))
    add(name, now, resolved(schemas.get(name), contract.definitions) ?? {});
  for (const [column, now] of Object.entries(row)) {
    if (Object.keys(shown).some((name) => sameName(name, column))) continue;
    const schema = [...schemas].find(([name]) => sameName(name, column))?.[1];
    const like = resolved(schema, contract.definitions) ?? {};
    const camel = column.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    add(camel, now, like);
    if (camel !== column) add(column, now, like);
  }
  // After all the others: there is an end to how many are sent.
  for (const [name, object] of Object.entries(shown)) {
    // What is offered as something else than an object with certain members may hold anything.
    if (!isJsonObject(object) || (isOffered(name) && !inside.has(name))) continue;
    const members = propertiesOf(schemas.get(name), contract.definitions);
    for (const [member, now] of Object.entries(object)) {
      const joined = `${name}_${member}`;
      if (isOffered(joined) || inside.get(name)?.names.some((one) => sameName(one, member)) === true) continue;
      const schema = resolved(members.get(member), contract.definitions) ?? {};
      const value = tellingValue(/^_?id$/.test(member) ? joined : member, now, schema, random, somebodyElse);
      if (value !== null)
        found.push({ name: `${name}.${member}`, pointer: `/${escaped(name)}/${escaped(member)}`, value });
    }
  }
  return found.toSorted((a, b) => turnOf(a) - turnOf(b));
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Null when no value would tell. */
function tellingValue(
  name: string,
  now: Json,
  schema: JsonObject,
  random: Random,
  somebodyElse: Json | null,
): Json | null {
  if (typeof now === 'object' && now !== null) return null;
  const choices = Array.isArray(schema['enum'])
    ? (schema['enum'] as readonly Json[]).filter((one) => one !== now && one !== null)
    : [];
  if (choices.length > 0)
    return choices.find((one) => /admin|owner|root|super|staff|manager/i.test(String(one))) ?? choices[0] ?? null;
  if (somebodyElse !== null && person.test(name) && somebodyElse !== now) return somebodyElse;
  if (typeof now === 'boolean') return !now;
  if (typeof now === 'number') return number(now, schema, random);
  if (typeof now === 'string') return text(name, now, random);
  if (/(_at|At|[dD]ate|[tT]ime)$/.test(name)) return '2001-02-03T04:05:06.000Z';
  if (/^(is|has|can)[A-Z_]|(ed|able)$/.test(name)) return true;
  if (/count|balance|amount|price|total|version|number|score|quantity|credit/i.test(name))
    return number(0, schema, random);
  return word(name, random);
}

function number(now: number, schema: JsonObject, random: Random): number | null {
  const most = typeof schema['maximum'] === 'number' ? schema['maximum'] : 900_000_000;
  const least = typeof schema['minimum'] === 'number' ? schema['minimum'] : 0;
  // Of what is counted in large numbers less is as telling, and more may be refused for being too much.
  if (now >= 40 && now / 2 > least)
    return random.integer(Math.max(Math.ceil(least), Math.floor(now / 4)), Math.floor(now / 2));
  const value = random.integer(Math.max(least, Math.floor(most * 0.7)), Math.floor(most * 0.9));
  return value === now || value <= 3 ? null : value;
}

function text(name: string, now: string, random: Random): string {
  if (/^\d{4}-\d\d-\d\d[T ]\d\d:/.test(now)) return '2001-02-03T04:05:06.000Z';
  if (/^\d{4}-\d\d-\d\d$/.test(now)) return '2001-02-03';
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(now)) return `5ec0de00-0000-4000-8000-${String(random.integer(1e11, 9e11))}`;
  if (/^-?\d+$/.test(now)) return String(random.integer(700_000_000, 900_000_000));
  const decimal = /^-?\d+\.(\d+)$/.exec(now);
  if (decimal !== null) return `${random.integer(70_000, 90_000)}.${'0'.repeat(decimal[1]?.length ?? 2)}`;
  return word(name, random, now);
}

function word(name: string, random: Random, now = ''): string {
  const own = random.unique('set');
  if (/^(role|user_?type|permission)/i.test(name)) return now === 'admin' ? 'superuser' : 'admin';
  if (/mail/i.test(name) || now.includes('@')) return `${own}@example.net`;
  return /ur[il]$|link|href|image|avatar|website/i.test(name) || /^https?:/.test(now)
    ? `https://example.net/${own}`
    : own;
}
