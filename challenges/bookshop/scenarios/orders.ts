import { isJsonObject, type Json, type JsonObject, type Scenario, type ScenarioContext } from '@assay/contract';
import {
  change,
  expectSame,
  expectStatus,
  idOf,
  newAuthor,
  newBook,
  newBooks,
  order,
  page,
  placed,
  reading,
} from './shop.ts';

/** What orders hold, and what is summed over them. */
export const orderScenarios: readonly Scenario[] = [
  {
    id: 'totals-are-exact',
    claim: 'Amounts and totals are exact to the cent, whatever is joined beside them',
    fix: 'Multiply and add in NUMERIC or in whole cents; sum the lines of an order by themselves, not joined to the authors of their books.',
    skill: 'databases',
    severity: 'critical',
    async run(context: ScenarioContext) {
      const authors = [await newAuthor(context), await newAuthor(context), await newAuthor(context)];
      const prices = ['0.10', '0.07', '19.99', '1.15', '99999.99', '0.29'];
      const copies = [3, 100, 3, 1000, 999, 7];
      const books = await newBooks(
        context,
        authors,
        prices.map((price) => ({ price, stock: 20_000 })),
      );
      const lines = books.map((bookId, at) => ({ bookId, copies: copies[at] ?? 1 }));
      const amounts = ['0.30', '7.00', '59.97', '1150.00', '99899990.01', '2.03'];
      const customer = context.random.unique('customer ');
      const made = await placed(context, lines, customer);
      const { items } = await page(context, '/orders', { customer });
      for (const shown of [made.json, await reading(context, `/orders/${idOf(made)}`), items[0]]) {
        expectSame(
          context,
          column(shown, 'bookId'),
          [...books],
          'The lines of an order are otherwise than they were ordered',
        );
        expectSame(context, column(shown, 'amount'), amounts, 'An amount is not the price times the copies');
        expectSame(
          context,
          memberOf(shown, 'total'),
          '99901209.31',
          'The total of an order is not the sum of its amounts',
        );
      }
    },
  },
  {
    id: 'price-is-kept',
    claim: 'An order keeps the prices it was placed at, and shows the present titles',
    fix: 'Copy the price into the line when the order is placed; read the title from the book.',
    skill: 'databases',
    severity: 'high',
    async run(context: ScenarioContext) {
      const book = await newBook(context, [await newAuthor(context)], { price: '12.50' });
      const customer = context.random.unique('customer ');
      const made = await placed(context, [{ bookId: book, copies: 2 }], customer);
      const after = await change(context, `/books/${book}`, { price: '20.00', title: 'The new title' });
      expectStatus(context, after, 200, 'Changing the price of a book');
      const { items } = await page(context, '/orders', { customer });
      for (const shown of [await reading(context, `/orders/${idOf(made)}`), items[0]]) {
        const seen = { price: column(shown, 'price'), total: memberOf(shown, 'total') };
        expectSame(
          context,
          seen,
          { price: ['12.50'], total: '25.00' },
          'An order shows another price than it was placed at, after the book became dearer',
        );
        expectSame(
          context,
          column(shown, 'title'),
          ['The new title'],
          'An order shows a title that its book had before',
        );
      }
      const next = await placed(context, [{ bookId: book, copies: 1 }]);
      expectSame(context, memberOf(next.json, 'total'), '20.00', 'A new order is not at the new price');
    },
  },
  {
    id: 'sales-add-up',
    claim: 'What was sold of an author counts every copy once, and no order that is cancelled',
    fix: 'Join authors to lines over the books and to nothing else, leave out cancelled orders, and sum in NUMERIC.',
    skill: 'databases',
    severity: 'high',
    async run(context: ScenarioContext) {
      const [one, other, nobody] = [await newAuthor(context), await newAuthor(context), await newAuthor(context)];
      const [own, shared] = [
        await newBook(context, [one], { price: '0.10' }),
        await newBook(context, [one, other], { price: '19.99' }),
      ];
      await placed(context, [
        { bookId: own, copies: 3 },
        { bookId: shared, copies: 2 },
      ]);
      const cancelled = await placed(context, [{ bookId: own, copies: 50 }]);
      const gone = await context.request('POST', `/orders/${idOf(cancelled)}/cancellation`);
      expectStatus(context, gone, 200, 'Cancelling an order');
      await placed(context, [{ bookId: own, copies: 1 }]);
      expectStatus(context, await change(context, `/books/${own}`, { price: '7.00' }), 200, 'Changing a price');
      for (const [author, copies, revenue] of [
        [one, 6, '40.38'],
        [other, 2, '39.98'],
        [nobody, 0, '0.00'],
      ] as const) {
        const sales = await reading(context, `/authors/${author}/sales`);
        expectSame(
          context,
          { copies: sales['copies'] ?? null, revenue: sales['revenue'] ?? null },
          { copies, revenue },
          'The sales of an author are not the sum over the orders of their books',
        );
      }
    },
  },
  {
    id: 'nothing-is-orphaned',
    claim: 'A book that was ordered and an author with books cannot be removed, and others can',
    fix: 'Let foreign keys refuse it (no ON DELETE CASCADE from what must stay), and answer their violation with 409.',
    skill: 'databases',
    severity: 'high',
    async run(context: ScenarioContext) {
      const author = await newAuthor(context);
      const [ordered, unsold] = [await newBook(context, [author]), await newBook(context, [author])];
      const made = await placed(context, [{ bookId: ordered, copies: 1 }]);
      for (const [target, what] of [
        [`/books/${ordered}`, 'a book that was ordered'],
        [`/authors/${author}`, 'an author with books'],
      ] as const) {
        expectStatus(context, await context.request('DELETE', target), 409, `Removing ${what}`);
        await reading(context, target);
      }
      const shown = await reading(context, `/orders/${idOf(made)}`);
      expectSame(context, column(shown, 'bookId'), [ordered], 'A refused removal has taken a line from an order');
      expectStatus(
        context,
        await context.request('DELETE', `/books/${unsold}`),
        204,
        'Removing a book that was never ordered',
      );
      expectStatus(
        context,
        await order(context, [{ bookId: unsold, copies: 1 }]),
        422,
        'An order of a book that is gone',
      );
      const { books } = await reading(context, `/authors/${author}`);
      expectSame(context, books ?? null, 1, 'A book that was removed still counts for its author');
      const idle = await newAuthor(context);
      expectStatus(
        context,
        await context.request('DELETE', `/authors/${idle}`),
        204,
        'Removing an author without books',
      );
    },
  },
];

function column(shown: Json | undefined, name: string): Json {
  const lines = memberOf(shown, 'lines');
  return Array.isArray(lines) ? lines.map((line: Json) => (line as JsonObject)[name] ?? null) : null;
}

function memberOf(shown: Json | undefined, name: string): Json {
  return isJsonObject(shown) ? (shown[name] ?? null) : null;
}
