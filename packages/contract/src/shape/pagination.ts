import type { Operation, Pagination, Parameter, Schema } from '../vocabulary/operation.ts';
import { appendToken } from '../openapi/source/pointer.ts';
import { type Definitions, hasType, propertiesOf, resolved, successes } from './schema-view.ts';

/** Names in lower case, letters only: `page[size]`, `page_size` and `pageSize` are one. */
const limits = [
  'limit',
  'perpage',
  'pagesize',
  'size',
  'pagelimit',
  'maxresults',
  'maxitems',
  'itemsperpage',
  'take',
  'top',
  'count',
  'first',
  'max',
];
const positions = {
  offset: ['offset', 'skip', 'startindex', 'pageoffset'],
  page: ['page', 'pagenumber', 'pageno', 'pagenum', 'pageindex', 'currentpage'],
  cursor: [
    'cursor',
    'after',
    'startingafter',
    'pagetoken',
    'nexttoken',
    'nextpagetoken',
    'continuationtoken',
    'continuation',
    'marker',
    'pageafter',
    'pagecursor',
    'nextcursor',
    'startkey',
    'sinceid',
    'afterid',
  ],
} as const;
/** Offsets where nothing speaks for the beginning of a range, of times as often as not. */
const starts = ['start', 'from'];
const rangeEnd = /^_?([Tt]o|[Uu]ntil|[Tt]ill|[Ee]nd|[Ss]top)(date|time|at|stamp|datetime|timestamp)?(?![a-z])/;
const ofTime = /\b(time|timestamp|date|epoch|unix|since|after|seconds|milliseconds)\b/i;
/** Names of a place in a list, after which it goes on. A `start` alone is a time as often as not. */
const placeNames =
  /^(before|after|older(than)?|from|until|till|start(ing)?(after|before|from|with|key|id)|cursor|marker|last(seen)?)(id|key|item)?$|cursor$/;
/** Two of them are the ends of a range, and what is next may be the next range. */
const rangeNames = /^(from|since|start|begin|until|till|end|stop)|^to(date|time|at)?$/;
const ofPages = /\b(cursors?|pages?|paging|paginat\w*|go(es|ing)? on)\b/i;
const ofFilters = /\b(only|filter\w*|(of|in|with|by|for|from) this)\b/i;
const ofPlace = /\b(offset|index|skip|position)\b/i;
const nextNames = [
  'next',
  'nextcursor',
  'nexttoken',
  'nextpagetoken',
  'continuationtoken',
  'nextmarker',
  'endcursor',
  'nextlink',
  'odatanextlink',
  'nexturl',
  'nextpageurl',
  'nextpage',
  'nexthref',
  'cursor',
  'lastid',
];
const nextWrappers = [
  'meta',
  'metadata',
  'pagination',
  'paging',
  'page',
  'pages',
  'pageinfo',
  'links',
  'cursors',
  'responsemetadata',
  'next',
  'data',
];

/** How a list is paged, or null when its parameters do not tell. */
export function findPagination(list: Operation, schema: Schema, definitions: Definitions): Pagination | null {
  const query = list.parameters.filter((parameter) => parameter.in === 'query');
  const numeric = query.filter((parameter) => isNumeric(parameter, definitions));
  const limit = firstNamed(numeric, limits)?.name ?? null;
  const cursor = firstNamed(
    query.filter((parameter) => isOpaque(parameter, definitions)),
    positions.cursor,
  );
  const page = firstNamed(numeric, positions.page);
  const offset =
    firstNamed(numeric, positions.offset) ??
    (page === undefined && !query.some(({ name }) => rangeEnd.test(name))
      ? firstNamed(
          numeric.filter((parameter) => ofPlace.test(describedAs(parameter)) || !ofTime.test(describedAs(parameter))),
          starts,
        )
      : undefined);
  const next = findNext(list, schema, definitions);
  if (limit !== null && offset === undefined && page === undefined && next?.kind !== 'pointer') {
    const twice = namedTwice(query, limit, schema, definitions);
    if (twice !== null) return twice;
  }
  // `after` and its like are filters too. Where another way to move on is declared, only a cursor in the answer makes one a cursor.
  if (
    cursor !== undefined &&
    (next?.kind === 'pointer' || (offset === undefined && page === undefined && limit !== null))
  ) {
    return { style: 'cursor', limit, position: cursor.name, next };
  }
  if (offset !== undefined && (limit !== null || compact(offset.name) === 'offset'))
    return { style: 'offset', limit, position: offset.name, next };
  if (page !== undefined) return { style: 'page', limit, position: page.name, next };
  return null;
}

/**
 * `before`, and `nextBefore` in the answer: a cursor, when it is called like a place in a list or told to be one. The `nextYear` beside a `year` is the next one that has something,
 * and what came since is a feed of changes, which has no end.
 */
function namedTwice(
  query: readonly Parameter[],
  limit: string,
  schema: Schema,
  definitions: Definitions,
): Pagination | null {
  const isRange = query.filter(({ name }) => rangeNames.test(compact(name))).length > 1;
  for (const parameter of query.filter(({ name }) => name !== limit)) {
    const name = compact(parameter.name);
    if (!isOpaque(parameter, definitions) || /since|newer/.test(name)) continue;
    const pointer = memberNamed([`next${name}`], schema, '', definitions);
    if (pointer === null) continue;
    const member = [...propertiesOf(schema, definitions)].find(([property]) => appendToken('', property) === pointer);
    const said = `${describedAs(parameter)} ${member === undefined ? '' : describedAs({ description: '', schema: member[1] })}`;
    const isPlace = placeNames.test(name) && !(isRange && rangeNames.test(name));
    if (isPlace || (ofPages.test(said) && !ofFilters.test(said)))
      return { style: 'cursor', limit, position: parameter.name, next: { kind: 'pointer', pointer } };
  }
  return null;
}

function compact(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, '');
}

function firstNamed(parameters: readonly Parameter[], names: readonly string[]): Parameter | undefined {
  for (const name of names) {
    const found = parameters.find((parameter) => compact(parameter.name) === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isNumeric({ schema }: Parameter, definitions: Definitions): boolean {
  const object = resolved(schema, definitions);
  return object !== null && (hasType(object, 'integer') || hasType(object, 'number'));
}

function describedAs({ description, schema }: Pick<Parameter, 'description' | 'schema'>): string {
  return `${description} ${typeof schema === 'object' && typeof schema.description === 'string' ? schema.description : ''}`;
}

/** A cursor is a text without a form, or an id. A date is a filter. */
function isOpaque({ schema }: Parameter, definitions: Definitions): boolean {
  const object = resolved(schema, definitions);
  if (object === null) return schema === true;
  return (
    object.type === undefined ||
    hasType(object, 'integer') ||
    (hasType(object, 'string') && !/date|time/.test(String(object.format ?? '')))
  );
}

/** Where the answer says how to go on: in its body, or in the Link header of RFC 8288. */
function findNext(list: Operation, schema: Schema, definitions: Definitions): Pagination['next'] {
  const pointer = nextPointer(schema, '', definitions, 0);
  if (pointer !== null) return { kind: 'pointer', pointer };
  const declared = successes(list).some(({ headers }) => headers.some(({ name }) => name.toLowerCase() === 'link'));
  return declared ? { kind: 'link-header' } : null;
}

function nextPointer(schema: Schema, at: string, definitions: Definitions, depth: number): string | null {
  const named = memberNamed(nextNames, schema, at, definitions);
  if (named !== null) return named;
  if (depth === 2) return null;
  for (const [property, inner] of propertiesOf(schema, definitions)) {
    // `next: { href }` of HAL.
    const href = compact(property) === 'next' && propertiesOf(inner, definitions).has('href');
    if (href) return appendToken(appendToken(at, property), 'href');
    const found = nextWrappers.includes(compact(property))
      ? nextPointer(inner, appendToken(at, property), definitions, depth + 1)
      : null;
    if (found !== null) return found;
  }
  return null;
}

function memberNamed(names: readonly string[], schema: Schema, at: string, definitions: Definitions): string | null {
  const properties = [...propertiesOf(schema, definitions)];
  for (const name of names) {
    const found = properties.find(([property, value]) => compact(property) === name && isPlain(value, definitions));
    if (found !== undefined) return appendToken(at, found[0]);
  }
  return null;
}

function isPlain(schema: Schema, definitions: Definitions): boolean {
  const object = resolved(schema, definitions);
  return (
    object !== null &&
    (hasType(object, 'string') ||
      hasType(object, 'integer') ||
      (object.type === undefined && object.properties === undefined))
  );
}
