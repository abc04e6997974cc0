import { isJsonObject, type Json, type JsonObject } from '@assay/contract';
import type { Service } from '../question/service.ts';
import { jsonPatch, mergePatch } from './merge.ts';
import { type Incoming, problem, type Reply } from './reply.ts';

type Rules = Service['collections'][string];

interface Thing {
  readonly value: JsonObject;
  readonly version: number;
}

interface Collection {
  readonly rules: Rules;
  readonly things: Map<string, Thing>;
  /** First answers by Idempotency-Key. */
  readonly first: Map<string, { readonly body: string; readonly reply: Reply }>;
}

/** The things that a small service holds, and what may be done to them. */
export class Collections {
  readonly #all = new Map<string, Collection>();

  constructor(described: Service['collections']) {
    for (const [name, rules] of Object.entries(described)) {
      const things = rules.items.flatMap((item) =>
        isJsonObject(item) ? [[String(item['id']), { value: digits(item), version: 1 }] as const] : [],
      );
      this.#all.set(name, { rules, things: new Map(things), first: new Map() });
    }
  }

  stateAt(address: string): Json | undefined {
    const [, name = '', id] = address.split('/');
    const collection = this.#all.get(name);
    if (collection === undefined) return undefined;
    return id === undefined
      ? [...collection.things.values()].map(({ value }) => value)
      : collection.things.get(id)?.value;
  }

  reply(incoming: Incoming): Reply {
    const [, name = '', id, ...rest] = incoming.path.split('/');
    const collection = this.#all.get(name);
    if (collection === undefined || rest.length > 0 || id === '')
      return problem(404, `There is nothing at ${incoming.path}.`);
    const allowed = allowedMethods(collection.rules, id !== undefined);
    if (!allowed.includes(incoming.method))
      return problem(405, `${incoming.method} is not allowed here.`, { allow: allowed.join(', ') });
    if (incoming.method === 'OPTIONS') return { status: 204, headers: { allow: allowed.join(', ') } };
    if (id === undefined)
      return incoming.method === 'POST' ? create(collection, name, incoming) : list(collection, name, incoming);
    const decoded = decodedId(id);
    if (decoded === null) return problem(400, `${incoming.path} is not encoded as addresses are.`);
    const thing = collection.things.get(decoded);
    if (thing === undefined) return problem(404, `There is no ${incoming.path}.`);
    if (incoming.method === 'GET' || incoming.method === 'HEAD') return read(collection, thing, incoming);
    return change(collection, decoded, thing, incoming);
  }
}

/** Null: a stray percent sign. */
function decodedId(id: string): string | null {
  try {
    return decodeURIComponent(id);
  } catch {
    return null;
  }
}

function allowedMethods(rules: Rules, one: boolean): readonly string[] {
  const reading = ['GET', 'HEAD', 'OPTIONS'];
  if (rules.locked) return reading;
  return one ? [...reading, 'PUT', 'PATCH', 'DELETE'] : [...reading, 'POST'];
}

function tagOf(thing: Thing): string {
  return `"${thing.version}"`;
}

function headersOf({ rules }: Collection, thing: Thing): Readonly<Record<string, string>> {
  return rules.versioned ? { etag: tagOf(thing) } : {};
}

function names(field: string | undefined, tag: string): boolean {
  return field !== undefined && (field.trim() === '*' || field.split(',').some((each) => each.trim() === tag));
}

function read(collection: Collection, thing: Thing, incoming: Incoming): Reply {
  const headers = headersOf(collection, thing);
  if (collection.rules.versioned && names(incoming.header('if-none-match')?.replaceAll('W/', ''), tagOf(thing)))
    return { status: 304, headers };
  return { status: 200, headers, json: thing.value };
}

function list({ rules, things }: Collection, name: string, incoming: Incoming): Reply {
  const { query } = incoming;
  const wanted = [...things.values()]
    .map(({ value }) => value)
    .filter((value) =>
      [...query].every(([key, text]) => ['limit', 'after'].includes(key) || wordOf(value[key]) === text),
    );
  if (rules.page === null) return { status: 200, json: wanted };
  const limit = Math.min(rules.page, Math.max(1, Number(query.get('limit') ?? rules.page) || rules.page));
  const after = query.get('after');
  const from = after === null ? 0 : wanted.findIndex((value) => String(value['id']) === after) + 1;
  const page = wanted.slice(from, from + limit);
  const more = from + limit < wanted.length;
  const rest = new URLSearchParams(query);
  rest.set('after', String(page.at(-1)?.['id'] ?? ''));
  return { status: 200, headers: more ? { link: `</${name}?${rest}>; rel="next"` } : {}, json: page };
}

function parsed(body: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return value as Json;
  } catch {
    return undefined;
  }
}

function create(collection: Collection, name: string, incoming: Incoming): Reply {
  const key = incoming.header('idempotency-key');
  if (collection.rules.idempotent && key === undefined) return problem(400, 'An Idempotency-Key is needed.');
  const before = key === undefined ? undefined : collection.first.get(key);
  if (before !== undefined)
    return before.body === incoming.body ? before.reply : problem(422, 'This Idempotency-Key came with another body.');
  const value = parsed(incoming.body);
  if (value === undefined) return problem(400, 'The body is not JSON.');
  if (!isJsonObject(value)) return problem(422, 'An object is needed.');
  const next = Math.max(0, ...[...collection.things.keys()].map(Number).filter(Number.isFinite)) + 1;
  const made = { id: next, ...value };
  const wrong = invalid(collection, made, null);
  if (wrong !== null) return wrong;
  const id = wordOf(made.id);
  if (id === null || !id.isWellFormed()) return problem(422, 'The id must be a number or a text.');
  if (collection.things.has(id)) return problem(409, `There is one with the id ${id}.`);
  const thing = { value: made, version: 1 };
  collection.things.set(id, thing);
  const reply = {
    status: 201,
    headers: { location: `/${name}/${encodeURIComponent(id)}`, ...headersOf(collection, thing) },
    json: made,
  };
  if (key !== undefined) collection.first.set(key, { body: incoming.body, reply });
  return reply;
}

function change(collection: Collection, id: string, thing: Thing, incoming: Incoming): Reply {
  if (collection.rules.versioned) {
    const condition = incoming.header('if-match');
    if (condition === undefined) return problem(428, 'Say with If-Match which version you have seen.');
    if (!names(condition, tagOf(thing))) return problem(412, 'Somebody has changed it since.');
  }
  if (incoming.method === 'DELETE') {
    collection.things.delete(id);
    return { status: 204 };
  }
  const value = parsed(incoming.body);
  if (value === undefined) return problem(400, 'The body is not JSON.');
  const changed = incoming.method === 'PUT' ? replaced(thing, value) : patched(thing, value, incoming);
  if (changed === null) return problem(409, 'The patch does not apply.');
  if (!isJsonObject(changed)) return problem(422, 'An object is needed.');
  const wrong = invalid(collection, changed, thing.value);
  if (wrong !== null) return wrong;
  if (wordOf(changed['id']) !== id) return problem(422, 'The id cannot change.');
  const next = { value: changed, version: thing.version + 1 };
  collection.things.set(id, next);
  return { status: 200, headers: headersOf(collection, next), json: changed };
}

function replaced(thing: Thing, value: Json): Json {
  return isJsonObject(value) ? { id: thing.value['id'] ?? null, ...value } : [];
}

/** Null: the patch does not apply. */
function patched(thing: Thing, value: Json, incoming: Incoming): Json | null {
  if ((incoming.header('content-type') ?? '').startsWith('application/json-patch+json'))
    return jsonPatch(thing.value, value);
  return mergePatch(thing.value, isJsonObject(value) ? value : []);
}

function invalid({ rules, things }: Collection, value: JsonObject, before: JsonObject | null): Reply | null {
  const missing = rules.required.filter((name) => value[name] === undefined || value[name] === null);
  if (missing.length > 0) return problem(422, `Missing: ${missing.join(', ')}.`);
  const touched = rules.readOnly.filter((name) => JSON.stringify(value[name]) !== JSON.stringify(before?.[name]));
  if (touched.length > 0) return problem(422, `Read only: ${touched.join(', ')}.`);
  const { unique } = rules;
  const taken =
    unique !== null &&
    [...things.values()].some(
      (other) =>
        other.value['id'] !== value['id'] && JSON.stringify(other.value[unique]) === JSON.stringify(value[unique]),
    );
  return taken ? problem(409, `There is one with this ${String(unique)}.`) : null;
}

/** A plain value as an address has it; null for a list or an object, whose own `toString` a request may have written. */
function wordOf(value: Json | undefined): string | null {
  return typeof value === 'object' && value !== null ? null : String(value);
}

/** Templates leave texts: a text of digits is a number. */
function digits(item: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value,
    ]),
  );
}
