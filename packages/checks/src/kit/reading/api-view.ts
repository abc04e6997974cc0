import {
  bodyJson,
  type Exchange,
  type Instance,
  isJsonObject,
  type Json,
  type ListOperation,
  type RequestSpec,
} from '@assay/contract';
import { unwrapped } from '../answers/counterpart.ts';
import { walk } from '../answers/list-walk.ts';
import { differences } from '../comparison/compare.ts';
import { isSuccess } from '../words.ts';

/** What is read to see what a request did: things by their address, and lists. */
export interface Watched {
  readonly things: readonly { readonly label: string; readonly read: RequestSpec }[];
  readonly lists: readonly {
    readonly label: string;
    readonly list: ListOperation;
    /** Asks for the first page, with so many items. */
    readonly first: RequestSpec;
    readonly limit: number;
  }[];
}

/** What the API shows at one moment. */
export interface View {
  /** The body; null when there is nothing by that address. */
  readonly things: Readonly<Record<string, Json>>;
  /** The items as JSON text. Lists that have no end in reach are left out. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly reads: readonly Exchange[];
}

/** What a request changed, by a name for each place; with the value where there is one. */
export type Effects = Readonly<Record<string, Json>>;

const mostPages = 12;

/** Null when something could not be read. */
export async function viewOf(instance: Instance, watched: Watched): Promise<View | null> {
  const things: Record<string, Json> = {};
  const lists: Record<string, readonly string[]> = {};
  const reads: Exchange[] = [];
  for (const { label, read } of watched.things) {
    const exchange = await instance.send(read);
    reads.push(exchange);
    const isGone = exchange.response?.status === 404 || exchange.response?.status === 410;
    if (!isSuccess(exchange) && !isGone) return null;
    things[label] = isGone ? null : unwrapped((bodyJson(exchange.response?.body) as Json | undefined) ?? null);
  }
  for (const { label, list, first, limit } of watched.lists) {
    const { items, pages, outcome } = await walk(instance, list, first, limit, mostPages);
    if (outcome === 'broken') return null;
    reads.push(...pages.slice(0, 1));
    if (outcome === 'end') lists[label] = items.map((item) => JSON.stringify(item));
  }
  return { things, lists, reads };
}

/** Members that tell of the change itself. */
function isOwnBusiness(name: string): boolean {
  return /(updated|modified|changed|version|etag|revision|timestamp)/i.test(name) || /(At|_at|On|_on)$/.test(name);
}

/** What is otherwise than before, in things by their members and in lists by the number of items. */
export function effectsBetween(before: View, after: View): Effects {
  const effects: Record<string, Json> = {};
  for (const [label, body] of Object.entries(after.things)) {
    const earlier = before.things[label] ?? null;
    if ((earlier === null) !== (body === null)) effects[label] = body === null ? 'gone' : 'there';
    if (!isJsonObject(earlier) || !isJsonObject(body)) continue;
    for (const [name, value] of Object.entries(body)) {
      if (!isOwnBusiness(name) && JSON.stringify(value) !== JSON.stringify(earlier[name] ?? null))
        effects[`${label} /${name}`] = value;
    }
  }
  for (const [label, items] of Object.entries(after.lists)) {
    const more = items.length - (before.lists[label]?.length ?? items.length);
    if (more !== 0) effects[`items of ${label}`] = more;
  }
  return effects;
}

/** Where an item that is new in a list is not what was sent. */
export function newItemDifferences(before: View, after: View, sent: Json | undefined): readonly string[] {
  if (sent === undefined) return [];
  return Object.entries(after.lists).flatMap(([label, items]) => {
    const known = new Set(before.lists[label] ?? items);
    const added = items.filter((item) => !known.has(item));
    const [only] = added;
    if (only === undefined || added.length !== 1) return [];
    return differences(sent, JSON.parse(only) as Json).map(({ place }) => `item of ${label}, ${place}`);
  });
}
