import type { Scenario, ScenarioContext } from '@assay/contract';
import {
  change,
  expectSame,
  expectStatus,
  expectStock,
  idOf,
  newAuthor,
  newBook,
  order,
  page,
  placed,
} from './shop.ts';

/** What happens to the copies on the shelf. */
export const stockScenarios: readonly Scenario[] = [
  {
    id: 'order-is-whole',
    claim: 'An order takes the copies of all its lines, or of none',
    fix: 'Check and take the stock of all lines in one transaction, and roll back when one of them cannot be had.',
    skill: 'databases',
    severity: 'critical',
    async run(context: ScenarioContext) {
      const author = await newAuthor(context);
      const [plenty, few] = [
        await newBook(context, [author], { stock: 10 }),
        await newBook(context, [author], { stock: 2 }),
      ];
      const customer = context.random.unique('customer ');
      const refused = await order(
        context,
        [
          { bookId: plenty, copies: 5 },
          { bookId: few, copies: 3 },
        ],
        customer,
      );
      expectStatus(context, refused, 409, 'An order of one copy too many');
      const missing = [
        { bookId: plenty, copies: 1 },
        { bookId: 2_147_483_647, copies: 1 },
      ];
      expectStatus(context, await order(context, missing, customer), 422, 'An order of a book that is not there');
      await expectStock(context, plenty, 10, 'after refused orders');
      await expectStock(context, few, 2, 'after refused orders');
      const { items } = await page(context, '/orders', { customer });
      expectSame(context, items.length, 0, 'A refused order is listed');
      await placed(context, [
        { bookId: few, copies: 2 },
        { bookId: plenty, copies: 10 },
      ]);
      await expectStock(context, few, 0, 'after the last copies were ordered');
      await expectStock(context, plenty, 0, 'after the last copies were ordered');
    },
  },
  {
    id: 'never-oversold',
    claim: 'Twenty orders at once of the last ten copies sell ten',
    fix: 'Lock the books (SELECT … FOR UPDATE, in the order of ids) before their stock is looked at, or let one UPDATE compare and subtract; and CHECK (stock >= 0).',
    skill: 'databases',
    severity: 'critical',
    async run(context: ScenarioContext) {
      const author = await newAuthor(context);
      // A race may be won by luck; three in a row hardly.
      for (let round = 0; round < 3; round += 1) {
        const book = await newBook(context, [author], { stock: 10 });
        const answers = await Promise.all(
          Array.from({ length: 20 }, () => order(context, [{ bookId: book, copies: 1 }])),
        );
        const statuses = answers.map(({ status }) => status);
        context.expect(
          statuses.every((status) => status === 201 || status === 409),
          'Orders at once are carried out (201) or refused (409)',
          { expected: [201, 409], actual: [...new Set(statuses)] },
        );
        expectSame(
          context,
          statuses.filter((status) => status === 201).length,
          10,
          'Of twenty orders at once of a book with ten copies, other than ten are carried out',
        );
        await expectStock(context, book, 0, 'after the last copies were ordered at once');
      }
    },
  },
  {
    id: 'opposite-orders',
    claim: 'Orders of the same two books in opposite order neither deadlock nor lose a copy',
    fix: 'Lock the books of an order in one fixed order (by id), whatever the order of its lines.',
    skill: 'databases',
    severity: 'high',
    async run(context: ScenarioContext) {
      const author = await newAuthor(context);
      const one = await newBook(context, [author], { stock: 1000 });
      const other = await newBook(context, [author], { stock: 1000 });
      const [first, second] = [
        { bookId: one, copies: 2 },
        { bookId: other, copies: 3 },
      ];
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, at) => order(context, at % 2 === 0 ? [first, second] : [second, first])),
      );
      for (const answer of answers)
        expectStatus(context, answer, 201, 'One of twenty orders of the same books at once');
      await expectStock(context, one, 960, 'after twenty orders of two copies');
      await expectStock(context, other, 940, 'after twenty orders of three copies');
    },
  },
  {
    id: 'cancelled-once',
    claim: 'A cancellation brings the copies back exactly once',
    fix: "Let one statement compare and change the status (UPDATE … WHERE status = 'placed'), and put the copies back in the same transaction when it changed a row.",
    skill: 'databases',
    severity: 'high',
    async run(context: ScenarioContext) {
      const author = await newAuthor(context);
      for (let round = 0; round < 3; round += 1) {
        const book = await newBook(context, [author], { stock: 50 });
        const target = `/orders/${idOf(await placed(context, [{ bookId: book, copies: 7 }]))}/cancellation`;
        const answers = await Promise.all(Array.from({ length: 6 }, () => context.request('POST', target)));
        expectSame(
          context,
          answers.map(({ status }) => status).toSorted(),
          [200, 409, 409, 409, 409, 409],
          'Of six cancellations of one order at once, other than one are carried out',
        );
        await expectStock(context, book, 50, 'after an order was cancelled');
      }
    },
  },
  {
    id: 'price-changes-keep-stock',
    claim: 'Changing what is known of a book does not touch its stock, whatever is ordered at the same time',
    fix: 'Write only the columns that the request changes, or lock the row before it is read.',
    skill: 'databases',
    severity: 'high',
    async run(context: ScenarioContext) {
      const author = await newAuthor(context);
      for (let round = 0; round < 3; round += 1) {
        const book = await newBook(context, [author], { stock: 500 });
        const answers = await Promise.all(
          Array.from({ length: 20 }, async (_, at) =>
            at % 2 === 0
              ? order(context, [{ bookId: book, copies: 1 }])
              : change(context, `/books/${book}`, { price: `${at}.00` }),
          ),
        );
        for (const { status } of answers)
          context.expect(status === 201 || status === 200, 'Orders and price changes at once are carried out', {
            expected: [200, 201],
            actual: status,
          });
        await expectStock(context, book, 490, 'after ten orders and as many price changes at once');
      }
    },
  },
];
