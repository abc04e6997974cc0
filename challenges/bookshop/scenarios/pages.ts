import type { Scenario, ScenarioContext } from '@assay/contract';
import { expectSame, expectStatus, idsOf, newAuthor, newBook, newBooks, page } from './shop.ts';

/** What the pages of a list bring. */
export const pageScenarios: readonly Scenario[] = [
  {
    id: 'order-is-total',
    claim: 'Lists are in the order that was asked for, and books that are alike in it by id, on pages of any length',
    fix: 'End every ORDER BY with the id, in the same direction, and compare the whole key with the cursor: WHERE (price, id) > ($1, $2).',
    skill: 'databases',
    severity: 'high',
    async run(context: ScenarioContext) {
      const author = await newAuthor(context);
      const prices = ['9.00', '10.00', '9.00', '100.00', '9.00', '10.00', '9.00'];
      const titles = ['b', 'a', 'B', 'ä', 'a', 'Z', 'a b'];
      const ids = await newBooks(
        context,
        [author],
        prices.map((price, at) => ({ price, title: titles[at] ?? '' })),
      );
      const by = (...places: readonly number[]): readonly number[] => places.map((place) => ids[place] ?? 0);
      const expected = {
        newest: by(6, 5, 4, 3, 2, 1, 0),
        title: by(2, 5, 1, 4, 6, 0, 3),
        price: by(0, 2, 4, 6, 1, 5, 3),
        '-price': by(3, 5, 1, 6, 4, 2, 0),
      };
      for (const [sort, order] of Object.entries(expected))
        for (const limit of ['100', '2', '3'])
          expectSame(
            context,
            await idsOf(context, '/books', { authorId: String(author), sort, limit }),
            order,
            `Pages of ${limit} books by ${sort} bring them in another order`,
          );
    },
  },
  {
    id: 'pages-are-stable',
    claim: 'While books come and go between two pages, the others are listed exactly once',
    fix: 'Continue after the last row that was shown (WHERE (price, id) > ($1, $2)); OFFSET counts rows that have moved since.',
    skill: 'databases',
    severity: 'high',
    async run(context: ScenarioContext) {
      const author = await newAuthor(context);
      const all = await newBooks(
        context,
        [author],
        Array.from({ length: 8 }, (_, at) => ({ price: `${10 + Math.floor(at / 3)}.00` })),
      );
      const query = { authorId: String(author), sort: 'price', limit: '3' };
      const first = await page(context, '/books', query);
      context.expect(first.next !== null, 'A page that is not the last has no next');
      // Two before the place where the page ended, then the very book at which it ended goes.
      await newBooks(context, [author], [{ price: '1.00' }, { price: '2.00' }]);
      const removed = await context.request('DELETE', `/books/${all[2] ?? 0}`);
      expectStatus(context, removed, 204, 'Removing a book that was never ordered');
      const rest = await idsOf(context, '/books', { ...query, cursor: first.next });
      expectSame(
        context,
        [...first.items.map(({ id }) => Number(id)), ...rest],
        all,
        'After books came and went between two pages, the others are repeated or missing',
      );
    },
  },
  {
    id: 'cursor-belongs-to-its-order',
    claim: 'A cursor from another order or another list is refused',
    fix: 'Write the order into the cursor, and answer 400 when it is not the one that is asked for.',
    skill: 'apis',
    severity: 'low',
    async run(context: ScenarioContext) {
      const author = await newAuthor(context);
      for (let each = 0; each < 2; each += 1) await newBook(context, [author]);
      const { next } = await page(context, '/books', { authorId: String(author), sort: 'title', limit: '1' });
      context.expect(next !== null, 'A page that is not the last has no next');
      for (const target of [`/books?sort=price&cursor=${next}`, `/authors?cursor=${next}`, '/books?cursor=abc'])
        expectStatus(
          context,
          await context.request('GET', target),
          400,
          `A cursor that is not of this list and order, in ${target.split('?')[0]},`,
        );
    },
  },
];
