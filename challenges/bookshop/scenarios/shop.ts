import { isJsonObject, type Json, type JsonObject, type ScenarioContext, type ScenarioResponse } from '@assay/contract';

// A scenario runs beside everything else that a run creates. So it makes an author or a customer of its own and asks for theirs alone.

export async function newAuthor(context: ScenarioContext, name = context.random.unique('author ')): Promise<number> {
  return idOf(await created(context, '/authors', { name }));
}

export async function newBook(
  context: ScenarioContext,
  authorIds: readonly number[],
  more: JsonObject = {},
): Promise<number> {
  const isbn = Array.from({ length: 13 }, () => context.random.integer(0, 9)).join('');
  return idOf(
    await created(context, '/books', {
      isbn,
      title: context.random.unique('book '),
      genre: 'novel',
      price: '10.00',
      stock: 100,
      authorIds,
      ...more,
    }),
  );
}

/** Books, one after the other, so that the later ones have the larger ids. */
export async function newBooks(
  context: ScenarioContext,
  authorIds: readonly number[],
  books: readonly JsonObject[],
): Promise<readonly number[]> {
  const ids: number[] = [];
  for (const book of books) ids.push(await newBook(context, authorIds, book));
  return ids;
}

async function created(context: ScenarioContext, path: string, body: JsonObject): Promise<ScenarioResponse> {
  const response = await context.request('POST', path, { body });
  expectStatus(context, response, 201, `A valid POST ${path}`);
  return response;
}

export interface Line {
  readonly bookId: number;
  readonly copies: number;
}

export function order(context: ScenarioContext, lines: readonly Line[], customer = 'Ada'): Promise<ScenarioResponse> {
  return context.request('POST', '/orders', {
    body: { customer, lines: lines.map(({ bookId, copies }) => ({ bookId, copies })) },
  });
}

/** The id of an order that must go through. */
export async function placed(
  context: ScenarioContext,
  lines: readonly Line[],
  customer?: string,
): Promise<ScenarioResponse> {
  const response = await order(context, lines, customer);
  expectStatus(context, response, 201, 'An order of what is there');
  return response;
}

export function change(context: ScenarioContext, target: string, body: JsonObject): Promise<ScenarioResponse> {
  return context.request('PATCH', target, { body, headers: { 'content-type': 'application/merge-patch+json' } });
}

export async function reading(context: ScenarioContext, target: string): Promise<JsonObject> {
  const response = await context.request('GET', target);
  expectStatus(context, response, 200, `GET ${target.split('?')[0]?.replaceAll(/\d+/g, '{id}')}`);
  return isJsonObject(response.json) ? response.json : {};
}

export async function page(context: ScenarioContext, path: string, query: Readonly<Record<string, string>>) {
  const target = `${path}?${new URLSearchParams(query).toString()}`;
  const { items, next } = await reading(context, target);
  return {
    items: Array.isArray(items) ? items.filter(isJsonObject) : [],
    next: typeof next === 'string' ? next : null,
  };
}

/** The ids that a list brings, over all of its pages. */
export async function idsOf(
  context: ScenarioContext,
  path: string,
  query: Readonly<Record<string, string>>,
): Promise<readonly number[]> {
  const ids: number[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < 50; pages += 1) {
    const { items, next } = await page(context, path, cursor === null ? query : { ...query, cursor });
    ids.push(...items.map(({ id }) => Number(id)));
    if (next === null) break;
    cursor = next;
  }
  return ids;
}

export async function expectStock(
  context: ScenarioContext,
  bookId: number,
  expected: number,
  when: string,
): Promise<void> {
  const { stock } = await reading(context, `/books/${bookId}`);
  context.expect(stock === expected, `The stock ${when} is ${expected}`, { expected, actual: stock ?? null });
}

export function expectStatus(
  context: ScenarioContext,
  response: ScenarioResponse,
  expected: number,
  what: string,
): void {
  context.expect(response.status === expected, `${what} is answered ${expected}`, {
    expected,
    actual: response.status,
  });
}

export function expectSame(context: ScenarioContext, actual: Json, expected: Json, sentence: string): void {
  context.expect(JSON.stringify(actual) === JSON.stringify(expected), sentence, { expected, actual });
}

export function idOf({ json }: ScenarioResponse): number {
  return isJsonObject(json) ? Number(json['id']) : 0;
}
