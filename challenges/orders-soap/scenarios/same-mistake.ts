import type { JsonObject, Scenario, ScenarioContext, ScenarioResponse } from '@assay/contract';
import { isJsonObject } from '@assay/contract';
import { member, newProduct, orderOverRest, orderOverSoap, type Reply, soap } from './warehouse.ts';

/** A declared fault over SOAP and a problem over REST are two ways to say one thing. */
export const sameMistakeSameRefusal: Scenario = {
  id: 'same-mistake-same-refusal',
  claim: 'The same mistake is refused for the same reason through both faces',
  fix: 'Refuse in the functions that both faces share, with a kind and its values, and write these as the fault in detail (soap:Client, status 500) or as the type and members of the problem.',
  skill: 'apis',
  severity: 'medium',
  async run(context: ScenarioContext) {
    const none = 2_147_483_647;
    const id = { id: none };
    await expectAlike(context, 'getProduct of one there is not', 'notFound', 404, id, [
      await soap(context, 'getProduct', `<o:id>${none}</o:id>`),
      await context.request('GET', `/api/products/${none}`),
    ]);
    await expectAlike(context, 'placeOrder for a product there is not', 'notFound', 404, id, [
      await orderOverSoap(context, [{ productId: none, quantity: 1 }]),
      await orderOverRest(context, [{ productId: none, quantity: 1 }]),
    ]);
    const product = await newProduct(context);
    const placed = await orderOverRest(context, [{ productId: product, quantity: 1 }]);
    const orderId = Number(member(placed, 'id'));
    await expectAlike(context, 'deleteProduct of one that was ordered', 'inUse', 409, { productId: product }, [
      await soap(context, 'deleteProduct', `<o:id>${product}</o:id>`),
      await context.request('DELETE', `/api/products/${product}`),
    ]);
    const cancelled = await soap(context, 'cancelOrder', `<o:orderId>${orderId}</o:orderId>`);
    context.expect(
      cancelled.status === 200,
      'Cancelling an order over SOAP that was placed over REST is answered 200',
      {
        expected: 200,
        actual: cancelled.status,
      },
    );
    await expectAlike(context, 'cancelOrder of one that is cancelled', 'notOpen', 409, { orderId }, [
      await soap(context, 'cancelOrder', `<o:orderId>${orderId}</o:orderId>`),
      await context.request('POST', `/api/orders/${orderId}/cancel`),
    ]);
  },
};

export async function expectAlike(
  context: ScenarioContext,
  what: string,
  fault: string,
  status: number,
  values: Readonly<Record<string, number>>,
  [overSoap, overRest]: readonly [Reply, ScenarioResponse],
): Promise<void> {
  context.expect(overSoap.fault !== null, `${what} is answered with a fault over SOAP`, {
    expected: fault,
    actual: overSoap.status,
  });
  const [detail] = overSoap.fault.details;
  context.expect(
    detail?.local === fault && overSoap.fault.blames === 'client' && overSoap.status === 500,
    `${what} is refused over SOAP with soap:Client, ${fault} in its detail, and status 500`,
    {
      expected: { code: 'soap:Client', detail: fault, status: 500 },
      actual: { code: overSoap.fault.code, detail: detail?.local ?? null, status: overSoap.status },
    },
  );
  const told = Object.fromEntries(
    Object.keys(values).map((name) => [name, Number(new RegExp(`\\b${name}=["'](\\d+)["']`).exec(overSoap.text)?.[1])]),
  );
  context.expect(isSame(told, values), `The fault ${fault} tells what it is about`, { expected: values, actual: told });
  const type = `urn:orders:${fault.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  context.expect(
    overRest.status === status && member(overRest, 'type') === type,
    `${what} is refused over REST with ${status} and the type ${type}`,
    { expected: { status, type }, actual: { status: overRest.status, type: String(member(overRest, 'type')) } },
  );
  const body: JsonObject = isJsonObject(overRest.json) ? overRest.json : {};
  context.expect(isSame(body, values), `The problem ${type} has the values of the fault`, {
    expected: values,
    actual: Object.fromEntries(Object.keys(values).map((name) => [name, body[name] ?? null])),
  });
}

function isSame(found: JsonObject, values: Readonly<Record<string, number>>): boolean {
  return Object.entries(values).every(([name, value]) => found[name] === value);
}

/** In the schema they are two things; for a product both mean that there is no note. */
export const notesAreTakenAway: Scenario = {
  id: 'notes-are-taken-away',
  claim: 'A note that is nil, absent or null is taken away, through either face',
  fix: 'Read xsi:nil as null, and what is absent as null too; answer with xsi:nil="true", never with an empty note.',
  skill: 'apis',
  severity: 'medium',
  async run(context: ScenarioContext) {
    const product = await newProduct(context);
    const change = '<o:name>noted</o:name><o:price>1</o:price>';
    const nil = '<o:note xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>';
    const ways: readonly (readonly [string, () => Promise<unknown>])[] = [
      [
        'absent over SOAP',
        () => soap(context, 'updateProduct', `<o:id>${product}</o:id><o:product>${change}</o:product>`),
      ],
      [
        'nil over SOAP',
        () => soap(context, 'updateProduct', `<o:id>${product}</o:id><o:product>${change}${nil}</o:product>`),
      ],
      [
        'absent over REST',
        () => context.request('PUT', `/api/products/${product}`, { body: { name: 'noted', price: '1.00' } }),
      ],
      [
        'null over REST',
        () =>
          context.request('PUT', `/api/products/${product}`, { body: { name: 'noted', price: '1.00', note: null } }),
      ],
    ];
    for (const [how, take] of ways) {
      const noted = await context.request('PUT', `/api/products/${product}`, {
        body: { name: 'noted', price: '1.00', note: 'fragile' },
      });
      context.expect(member(noted, 'note') === 'fragile', 'A note is kept', {
        expected: 'fragile',
        actual: String(member(noted, 'note')),
      });
      await take();
      const overRest = await context.request('GET', `/api/products/${product}`);
      context.expect(member(overRest, 'note') === null, `A note that is ${how} is taken away`, {
        expected: null,
        actual: String(member(overRest, 'note')),
      });
      const { text } = await soap(context, 'getProduct', `<o:id>${product}</o:id>`);
      context.expect(
        /<(?:[\w.-]+:)?note\b[^>]*\bnil=["'](?:true|1)["']/.test(text),
        `A note that is ${how} is nil over SOAP`,
        {
          expected: 'xsi:nil="true"',
          actual: /<(?:[\w.-]+:)?note\b[^>]*>/.exec(text)?.[0] ?? null,
        },
      );
    }
  },
};
