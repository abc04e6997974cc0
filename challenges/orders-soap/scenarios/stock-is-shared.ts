import type { Scenario, ScenarioContext } from '@assay/contract';
import { expectAlike } from './same-mistake.ts';
import {
  expectStatus,
  type Line,
  member,
  newProduct,
  orderOverRest,
  orderOverSoap,
  soap,
  stockOf,
  wholeLoad,
} from './warehouse.ts';

/** A product of which 2,000 pieces are left. */
async function nearlySoldOut(context: ScenarioContext): Promise<number> {
  const product = await newProduct(context);
  for (let loads = 49; loads > 0; loads -= 7) {
    const answers = await Promise.all(Array.from({ length: 7 }, () => orderOverRest(context, wholeLoad(product))));
    for (const answer of answers) expectStatus(context, answer, 201, 'An order of what is in stock');
  }
  return product;
}

const lines = (productId: number, count: number): readonly Line[] =>
  Array.from({ length: count }, () => ({ productId, quantity: 100 }));

/** Two ways in, one stock: whatever arrives at the same moment, and through whichever face. */
export const stockNeverBelowZero: Scenario = {
  id: 'stock-never-below-zero',
  claim: 'Orders through both faces at once sell what there is, and nothing twice',
  fix: 'Let one UPDATE compare and subtract (… SET stock = stock - $2 WHERE id = $1 AND stock >= $2), or lock the row first; put CHECK (stock >= 0) into the schema; let both faces order through the same function.',
  skill: 'databases',
  severity: 'critical',
  async run(context: ScenarioContext) {
    // A race may be won by luck; three in a row hardly.
    for (let round = 0; round < 3; round += 1) {
      const product = await nearlySoldOut(context);
      const statuses = await Promise.all(
        Array.from({ length: 10 }, async (_, index) =>
          index % 2 === 0
            ? (await orderOverRest(context, lines(product, 4))).status
            : (await orderOverSoap(context, lines(product, 4))).status,
        ),
      );
      const taken = statuses.filter((status) => status === 200 || status === 201).length;
      context.expect(taken === 5, 'Of ten orders of 400 at once, with 2,000 in stock, five are accepted', {
        expected: 5,
        actual: taken,
      });
      const stock = await stockOf(context, product);
      context.expect(stock === 0, 'Each order that was accepted takes from the stock', { expected: 0, actual: stock });
      await expectAlike(
        context,
        'placeOrder of more than there is',
        'outOfStock',
        409,
        { productId: product, available: 0 },
        [await orderOverSoap(context, lines(product, 1)), await orderOverRest(context, lines(product, 1))],
      );
    }
  },
};

/** An order that cannot be had as a whole takes nothing. */
export const allLinesOrNone: Scenario = {
  id: 'all-lines-or-none',
  claim: 'An order with one line that cannot be had changes nothing',
  fix: 'Take from the stock, insert the order and its lines in one transaction, and roll it back when one line cannot be had.',
  skill: 'databases',
  severity: 'high',
  async run(context: ScenarioContext) {
    const product = await newProduct(context);
    const none = 2_147_483_647;
    const wanted = [
      { productId: product, quantity: 100 },
      { productId: none, quantity: 1 },
    ];
    await expectAlike(context, 'placeOrder with one line for a product there is not', 'notFound', 404, { id: none }, [
      await orderOverSoap(context, wanted),
      await orderOverRest(context, wanted),
    ]);
    const stock = await stockOf(context, product);
    context.expect(stock === 100_000, 'A refused order takes nothing from the stock', {
      expected: 100_000,
      actual: stock,
    });
  },
};

/** Whoever cancels, and however often. */
export const cancelledOnce: Scenario = {
  id: 'cancelled-once',
  claim: 'An order that is cancelled through both faces at once gives its stock back once',
  fix: "Let one UPDATE change the status from open to cancelled (… WHERE id = $1 AND status = 'open'), and give back only when it changed a row.",
  skill: 'databases',
  severity: 'high',
  async run(context: ScenarioContext) {
    const product = await newProduct(context);
    for (let round = 0; round < 3; round += 1) {
      const placed = await orderOverRest(context, lines(product, 3));
      expectStatus(context, placed, 201, 'An order over REST');
      const id = Number(member(placed, 'id'));
      const answers = await Promise.all(
        Array.from({ length: 6 }, async (_, index) =>
          index % 2 === 0
            ? (await soap(context, 'cancelOrder', `<o:orderId>${id}</o:orderId>`)).status
            : (await context.request('POST', `/api/orders/${id}/cancel`)).status,
        ),
      );
      const done = answers.filter((status) => status === 200).length;
      context.expect(done === 1, 'Of six who cancel an order at once, one does', { expected: 1, actual: done });
      const stock = await stockOf(context, product);
      context.expect(stock === 100_000, 'A cancelled order gives back what it took, once', {
        expected: 100_000,
        actual: stock,
      });
    }
  },
};
