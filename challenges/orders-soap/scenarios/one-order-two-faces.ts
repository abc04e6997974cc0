import type { Scenario, ScenarioContext } from '@assay/contract';
import {
  cents,
  element,
  expectStatus,
  type Line,
  member,
  newProduct,
  orderOverRest,
  orderOverSoap,
  seenOverRest,
  seenOverSoap,
  soap,
  wholeLoad,
} from './warehouse.ts';

/** What is written through one face is read through the other, unchanged. */
export const oneOrderTwoFaces: Scenario = {
  id: 'one-order-two-faces',
  claim: 'An order is the same through both faces, to the cent',
  fix: 'Keep prices in NUMERIC and in a decimal type or as text, and compute totals in the database or with decimals; let both faces read through the same functions.',
  skill: 'databases',
  severity: 'critical',
  async run(context: ScenarioContext) {
    const dear = await newProduct(context, '99999999.99');
    const cheap = await newProduct(context, '0.07');
    const orders: readonly (readonly [readonly Line[], string])[] = [
      [[{ productId: cheap, quantity: 3 }], '0.21'],
      [wholeLoad(dear), '199999999980.00'],
      [[...wholeLoad(dear).slice(1), { productId: cheap, quantity: 1 }], '189999999981.07'],
    ];
    for (const [index, [lines, total]] of orders.entries()) {
      const id = index % 2 === 0 ? await placedOverSoap(context, lines) : await placedOverRest(context, lines);
      const overRest = await seenOverRest(context, id);
      const overSoap = await seenOverSoap(context, id);
      for (const [face, seen] of [
        ['REST', overRest],
        ['SOAP', overSoap],
      ] as const) {
        context.expect(cents(seen.total) === cents(total), `The total over ${face} is the exact sum`, {
          expected: total,
          actual: seen.total,
        });
        context.expect(seen.lines.length === lines.length, `All lines are there over ${face}`, {
          expected: lines.length,
          actual: seen.lines.length,
        });
      }
      const priced = (seen: typeof overRest) =>
        seen.lines.map(
          (line) =>
            `${String(line['productId'])} × ${String(line['quantity'])} ${String(line['productName'])} at ${String(cents(String(line['unitPrice'])))}`,
        );
      context.expect(
        priced(overRest).join('; ') === priced(overSoap).join('; '),
        'Lines are the same through both faces',
        {
          expected: overRest.lines,
          actual: overSoap.lines,
        },
      );
    }
  },
};

async function placedOverSoap(context: ScenarioContext, lines: readonly Line[]): Promise<number> {
  const reply = await orderOverSoap(context, lines);
  context.expect(reply.status === 200, 'An order over SOAP is answered 200', { expected: 200, actual: reply.status });
  return Number(element(reply.text, 'id'));
}

async function placedOverRest(context: ScenarioContext, lines: readonly Line[]): Promise<number> {
  const placed = await orderOverRest(context, lines);
  expectStatus(context, placed, 201, 'An order over REST');
  return Number(member(placed, 'id'));
}

/** A time without a zone is another moment in every place where it is read. */
export const placedAtIsAMoment: Scenario = {
  id: 'placed-at-is-a-moment',
  claim: 'The time of an order is one moment through both faces, with its zone',
  fix: 'Store timestamptz, and write xs:dateTime with Z or an offset: 2024-02-29T12:00:00Z.',
  skill: 'languages',
  severity: 'medium',
  async run(context: ScenarioContext) {
    const product = await newProduct(context);
    const id = await placedOverSoap(context, [{ productId: product, quantity: 1 }]);
    const { placedAt: overRest } = await seenOverRest(context, id);
    const { placedAt: overSoap } = await seenOverSoap(context, id);
    for (const [face, text] of [
      ['SOAP', overSoap],
      ['REST', overRest],
    ] as const) {
      context.expect(/(?:Z|[+-]\d\d:\d\d)$/.test(text), `placedAt over ${face} has a zone`, {
        expected: '…Z, or an offset',
        actual: text,
      });
    }
    // Clocks are written with more or fewer places: the second must be the same.
    const second = (text: string): number => Math.floor(new Date(text).getTime() / 1000);
    context.expect(second(overRest) === second(overSoap), 'placedAt is the same moment through both faces', {
      expected: overRest,
      actual: overSoap,
    });
  },
};

/** What an order says is a record of what was agreed on. */
export const ordersKeepTheirPrices: Scenario = {
  id: 'orders-keep-their-prices',
  claim: 'An order keeps the names and prices of the moment at which it was placed',
  fix: 'Copy name and price into the order line when the order is placed; do not join the product when it is read.',
  skill: 'databases',
  severity: 'high',
  async run(context: ScenarioContext) {
    const product = await newProduct(context, '10.10');
    const id = await placedOverRest(context, [{ productId: product, quantity: 3 }]);
    const before = await seenOverSoap(context, id);
    const changed = await soap(
      context,
      'updateProduct',
      `<o:id>${product}</o:id><o:product><o:name>renamed</o:name><o:price>77.7</o:price></o:product>`,
    );
    context.expect(changed.status === 200, 'A change of name and price over SOAP is answered 200', {
      expected: 200,
      actual: changed.status,
    });
    const shown = await context.request('GET', `/api/products/${product}`);
    context.expect(member(shown, 'price') === '77.70', 'A price that was changed over SOAP is read over REST', {
      expected: '77.70',
      actual: String(member(shown, 'price')),
    });
    for (const after of [await seenOverSoap(context, id), await seenOverRest(context, id)]) {
      const [line] = after.lines;
      context.expect(
        cents(after.total) === 3030n && line?.['productName'] === before.lines[0]?.['productName'],
        'An order that was placed before keeps its names and prices',
        {
          expected: { total: '30.30', line: before.lines[0] ?? null },
          actual: { total: after.total, line: line ?? null },
        },
      );
    }
  },
};
