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
import { jsonContentOf } from './json-body.ts';
import { sameName } from './stored-rows.ts';

/** What a JSON request body may hold by the contract. */
export interface Offer {
  /** Names of its members that a client may set. */
  readonly names: readonly string[];
  /** The schema refuses all others. */
  readonly closed: boolean;
}

/** Null when the operation takes no JSON object with named members, or lets its members be anything. */
export function offerOf(contract: Contract, operation: Operation): Offer | null {
  const schema = jsonContentOf(operation)?.schema;
  if (schema === undefined) return null;
  const object = resolved(schema, contract.definitions);
  if (object === null || object['oneOf'] !== undefined || object['anyOf'] !== undefined) return null;
  const { additionalProperties } = object;
  if (additionalProperties === true || isJsonObject(additionalProperties) || object['patternProperties'] !== undefined)
    return null;
  const members = [...propertiesOf(schema, contract.definitions)];
  if (members.length === 0) return null;
  const names = members.flatMap(([name, member]) => (isReadOnly(contract, member) ? [] : [name]));
  return { names, closed: additionalProperties === false };
}

function isReadOnly(contract: Contract, schema: Json): boolean {
  return (
    (isJsonObject(schema) && schema['readOnly'] === true) ||
    resolved(schema, contract.definitions)?.['readOnly'] === true
  );
}

/** A member that a request does not offer, with a value that the backend would not come to by itself. */
export interface Extra {
  readonly name: string;
  readonly value: Json;
}

const person = /(owner|user|author|account|creator|customer|member|created_?by|tenant|org(anization)?)(_?id)?$/i;

/**
 * The members that a thing shows, or its row has, and a request does not offer: each with another value than the thing has now. Objects and lists are
 * left out.
 * @param schemas of the members of the thing as the contract shows it
 * @param somebodyElse id of another person; null where there is none
 */
export function extraProperties(
  shown: JsonObject,
  row: JsonObject,
  schemas: ReadonlyMap<string, Json>,
  offered: readonly string[],
  {
    random,
    contract,
    somebodyElse,
  }: { readonly random: Random; readonly contract: Contract; readonly somebodyElse: Json | null },
): readonly Extra[] {
  const found: Extra[] = [];
  const add = (name: string, now: Json, schema: JsonObject): void => {
    if (offered.some((one) => sameName(one, name)) || found.some((one) => one.name === name)) return;
    const value = tellingValue(name, now, schema, random, somebodyElse);
    if (value !== null) found.push({ name, value });
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
  return found;
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
