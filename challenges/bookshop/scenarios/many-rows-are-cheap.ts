import { isJsonObject, type Scenario, type ScenarioContext } from '@assay/contract';
import { expectSame, expectStatus, newAuthor, newBook, newBooks } from './shop.ts';

const rows = 100_000;
/** A page of twenty with its authors takes well under a hundred rows; a plan that goes through the table takes all. */
const most = 2000;
const pageLength = 100;
/** How many pages are leafed through: so far in, an OFFSET has more rows behind it than a page may take. */
const depth = 25;

export const manyRowsAreCheap: Scenario = {
  id: 'many-rows-are-cheap',
  claim: 'Among a hundred thousand books, a search and a page deep in the list look at few rows',
  fix: 'Go on from the last row that was shown instead of by OFFSET, count nothing that is not asked for, and give the search an index of trigrams.',
  skill: 'databases',
  severity: 'high',
  instance: 'own',
  needs: ['wire'],
  async run(context: ScenarioContext) {
    const authors = [await newAuthor(context), await newAuthor(context), await newAuthor(context)];
    const genres = ['novel', 'crime', 'poetry', 'science'];
    const first = authors[0] ?? 0;
    await newBooks(
      context,
      authors,
      Array.from({ length: 24 }, (_, at) => ({
        title: `Common title ${String.fromCharCode(97 + at)}`,
        genre: genres[at % 4] ?? 'novel',
        price: `${5 + (at % 6)}.50`,
      })),
    );
    await context.tables.multiply(rows);
    const rare = await newBook(context, [first], { title: 'Quixotic zebras', price: '4.99' });
    for (const [what, query, expected] of [
      ['A search for a word that one title has', 'q=xotic%20zeb', [rare]],
      ['A search for a word that no title has', 'q=wyvern', []],
      ['The cheapest book', 'sort=price&limit=1', [rare]],
      ['The newest book', 'limit=1', [rare]],
    ] as const) {
      const ids = await cheap(context, what, query);
      expectSame(context, ids.items, [...expected], `${what} is not found among many`);
    }
    for (const sort of ['newest', 'price']) {
      let cursor = '';
      for (let number = 1; number <= depth; number += 1) {
        const query = `sort=${sort}&limit=${pageLength}${cursor === '' ? '' : `&cursor=${cursor}`}`;
        const asked = number === 1 || number === depth;
        const page = asked
          ? await cheap(context, number === 1 ? `The first page by ${sort}` : `Page ${depth} by ${sort}`, query)
          : await ids(context, query);
        context.expect(page.next !== null, 'A page that is not the last has no next');
        cursor = page.next;
      }
    }
  },
};

async function cheap(context: ScenarioContext, what: string, query: string) {
  const { response, rows: read, statement } = await context.tables.reading(`/books?${query}`);
  expectStatus(context, response, 200, what);
  context.expect(read <= most, `${what} makes PostgreSQL look at more than ${most} rows of ${rows}`, {
    expected: `at most ${most} rows`,
    actual: { rows: read, statement: statement.slice(0, 600) },
  });
  return pageOf(response.json);
}

async function ids(context: ScenarioContext, query: string) {
  const response = await context.request('GET', `/books?${query}`);
  expectStatus(context, response, 200, 'A page of books');
  return pageOf(response.json);
}

function pageOf(json: unknown): { readonly items: readonly number[]; readonly next: string | null } {
  const body = isJsonObject(json as never) ? (json as { readonly items?: unknown; readonly next?: unknown }) : {};
  const items = Array.isArray(body.items) ? body.items : [];
  return {
    items: items.map((item: { readonly id?: number }) => Number(item.id)),
    next: typeof body.next === 'string' ? body.next : null,
  };
}
