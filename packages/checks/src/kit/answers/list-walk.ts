import {
  bodyJson,
  type Exchange,
  type Instance,
  isJsonObject,
  type Json,
  type ListOperation,
  type RequestSpec,
  valueAt,
} from '@assay/contract';
import { isRefusal, isSuccess, status } from '../words.ts';
import { linkTo } from './link-header.ts';

/** The items of a list response; null when the response is not a success or has none where they should be. */
export function itemsOf(list: ListOperation, exchange: Exchange): readonly Json[] | null {
  if (!isSuccess(exchange)) return null;
  const body = bodyJson(exchange.response?.body) as Json | undefined;
  const items = body === undefined ? undefined : list.items === null ? onlyList(body) : valueAt(body, list.items);
  return Array.isArray(items) ? (items as readonly Json[]) : null;
}

/** What stands beside a list and is about it. */
const aboutLists = /^(_?links?|meta(data)?|page(s|able|_?info)?|pagination|paging)$/i;

/** The one list of things in an answer of which the contract says nothing; undefined where there are others, or more than a list. */
function onlyList(body: Json): Json | undefined {
  if (!isJsonObject(body)) return body;
  const members = Object.entries(body).filter(([name, value]) => isStructure(value) && !aboutLists.test(name));
  const [only, ...others] = members;
  if (only === undefined || others.length > 0 || !Array.isArray(only[1])) return undefined;
  return only[1].every((item: Json) => isJsonObject(item)) && !/^(errors|warnings|messages|details)$/i.test(only[0])
    ? only[1]
    : undefined;
}

function isStructure(value: Json): boolean {
  return value !== null && typeof value === 'object';
}

/** A request with query parameters set, others kept; a null value removes one. */
export function withQuery(request: RequestSpec, values: Readonly<Record<string, string | number | null>>): RequestSpec {
  if (request.requery !== undefined) return requeried(request, request.requery(values));
  const [path = '', query = ''] = request.target.split('?');
  const search = new URLSearchParams(query);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) search.delete(name);
    else search.set(name, String(value));
  }
  const text = search.toString();
  return { ...request, target: text === '' ? path : `${path}?${text}` };
}

/** A request without filters: without its query, or over SOAP without the parameters that may be left out. */
export function withoutQuery(request: RequestSpec): RequestSpec {
  if (request.requery !== undefined) return requeried(request, request.requery(null));
  return { ...request, target: request.target.split('?')[0] ?? request.target };
}

/** Headers that were changed since stay. */
function requeried(request: RequestSpec, { body, requery }: RequestSpec): RequestSpec {
  return { ...request, ...(body === undefined ? {} : { body }), ...(requery === undefined ? {} : { requery }) };
}

export interface Walk {
  readonly pages: readonly Exchange[];
  readonly items: readonly Json[];
  /** How many items each page brought. */
  readonly lengths: readonly number[];
  /** `end`: the last page was reached; `cap`: there were more pages than were asked for; `broken`: a page was no list, or its next one has no address. */
  readonly outcome: 'end' | 'cap' | 'broken';
}

/** Nobody silently shortens pages that are no longer than this. */
const leastSilentMost = 10;

/** Walks a list page by page, as its pagination says. `first` carries the limit already. */
export async function walk(
  instance: Instance,
  list: ListOperation,
  first: RequestSpec,
  limit: number,
  cap: number,
): Promise<Walk> {
  const pages: Exchange[] = [];
  const items: Json[] = [];
  const lengths: number[] = [];
  let next: ReturnType<typeof nextPage> = first;
  // Whether pages count from 0 or from 1 is seldom said: page 1 is then the second one, or the first once more.
  let base: 0 | 1 = 0;
  let last: readonly Json[] = [];
  while (next !== null && next !== 'broken' && pages.length < cap) {
    const page: Exchange = await instance.send(next);
    const found = itemsOf(list, page);
    if (base === 0 && pages.length === 1 && isNumbered(list) && isSamePage(found, items)) {
      base = 1;
      next = nextPage(list, first, page, items.length, items.length, limit, 2);
      continue;
    }
    // Where nothing tells which page is the last, some say of the one after it that it is not there, others bring the last one once more.
    if (pages.length > 0 && isCounted(list)) {
      if (found === null && (status(page) === 404 || (isShort(list, last, limit) && isRefusal(page))))
        return { pages, items, lengths, outcome: 'end' };
      if ((pages.length > 1 || last.length < limit) && isSamePage(found, last))
        return { pages, items, lengths, outcome: 'end' };
    }
    pages.push(page);
    if (found === null) return { pages, items, lengths, outcome: 'broken' };
    items.push(...found);
    last = found;
    lengths.push(found.length);
    next = nextPage(list, first, page, found.length, items.length, limit, pages.length + base);
  }
  return { pages, items, lengths, outcome: next === null ? 'end' : next === 'broken' ? next : 'cap' };
}

/** Likely the last page, after which one was asked for in doubt alone. Where items are counted, a silent most (10, 25, 50) may be why it is short. */
function isShort({ pagination }: ListOperation, { length }: readonly Json[], limit: number): boolean {
  return length < limit && (pagination?.style === 'page' || length % 5 !== 0);
}

/** Whether two pages hold the same things, also where what is told of them has changed meanwhile (how often they were seen, how long ago). */
function isSamePage(found: readonly Json[] | null, items: readonly Json[]): boolean {
  const marks = (page: readonly Json[]): string =>
    JSON.stringify(page.map((item) => (isJsonObject(item) && (item['id'] ?? null) !== null ? item['id'] : item)));
  return found !== null && marks(found) === marks(items);
}

/** Its pages are asked for by their number, and nothing tells which one comes next. */
function isNumbered(list: ListOperation): boolean {
  return list.pagination?.style === 'page' && isCounted(list);
}

/** Its pages are asked for by a number or by how many items stand before them. */
function isCounted({ pagination }: ListOperation): boolean {
  return pagination !== null && pagination.style !== 'cursor' && pagination.next === null;
}

function nextPage(
  list: ListOperation,
  first: RequestSpec,
  page: Exchange,
  got: number,
  total: number,
  limit: number,
  number: number,
): RequestSpec | null | 'broken' {
  const { pagination } = list;
  if (pagination === null) return null;
  if (pagination.next?.kind === 'link-header') {
    const link = linkTo(page.response?.headers ?? [], 'next');
    return link === null ? null : at(first, link);
  }
  if (pagination.next?.kind === 'pointer') {
    const body = bodyJson(page.response?.body) as Json | undefined;
    const token = body === undefined ? undefined : valueAt(body, pagination.next.pointer);
    if (token === undefined || token === null || token === '' || token === false) return null;
    if (typeof token === 'string' && /^(https?:\/\/|\/|\?)/.test(token)) return at(first, token);
    return withQuery(first, { [pagination.position]: String(token) });
  }
  // Where in an envelope the next cursor is to be found is not said.
  if (pagination.style === 'cursor' && (got < limit || first.requery !== undefined)) return null;
  // A page shorter than asked for is not the last one where the backend silently allows no longer ones.
  if (got === 0 || got < Math.min(limit, leastSilentMost)) return null;
  return withQuery(first, { [pagination.position]: pagination.style === 'page' ? number : total });
}

function at(first: RequestSpec, address: string): RequestSpec | 'broken' {
  const url = URL.parse(address, new URL(first.target, 'http://backend.invalid'));
  return url === null ? 'broken' : { ...first, target: url.pathname + url.search };
}
