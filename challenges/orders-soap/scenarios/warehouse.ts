import {
  bodyText,
  envelopeOf,
  isJsonObject,
  type JsonObject,
  readEnvelope,
  type ScenarioContext,
  type ScenarioResponse,
  type SoapFault,
} from '@assay/contract';

/** A line as it is ordered. */
export interface Line {
  readonly productId: number;
  readonly quantity: number;
}

/** What came back over SOAP: the answer's text, or the fault. */
export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly fault: SoapFault | null;
}

/** An order, as either face tells it: texts as they were written, numbers as numbers. */
export interface SeenOrder {
  readonly id: number;
  readonly status: string;
  readonly placedAt: string;
  readonly total: string;
  readonly lines: readonly JsonObject[];
}

const namespace = 'urn:assay:orders';

/** Asks the SOAP face; `inside` is what stands in the operation's element, where `o` is the prefix of the schema. */
export async function soap(context: ScenarioContext, operation: string, inside: string): Promise<Reply> {
  const exchange = await context.send({
    method: 'POST',
    target: '/soap/orders',
    headers: [
      ['content-type', 'text/xml; charset=utf-8'],
      ['soapaction', `"${namespace}#${operation}"`],
    ],
    body: envelopeOf('1.1', `<o:${operation} xmlns:o="${namespace}">${inside}</o:${operation}>`),
  });
  const text = bodyText(exchange.response?.body);
  const envelope = readEnvelope(text);
  return {
    status: exchange.response?.status ?? 0,
    text,
    fault: envelope.kind === 'fault' ? envelope.fault : null,
  };
}

/** The text of the first element of that local name; null where there is none. */
export function element(text: string, name: string): string | null {
  return new RegExp(`<(?:[\\w.-]+:)?${name}(?:\\s[^>]*)?>([^<]*)<`).exec(text)?.[1] ?? null;
}

export async function newProduct(context: ScenarioContext, price = '12.50', delivered = 100_000): Promise<number> {
  const body = { name: context.random.unique('product'), price, delivered };
  const created = await context.request('POST', '/api/products', { body });
  expectStatus(context, created, 201, 'Taking a product into the range');
  return Number(member(created, 'id'));
}

export function orderOverRest(context: ScenarioContext, lines: readonly Line[]): Promise<ScenarioResponse> {
  const body = { customer: 'Scenario', lines: lines.map((line) => ({ ...line })) };
  return context.request('POST', '/api/orders', { body });
}

export function orderOverSoap(context: ScenarioContext, lines: readonly Line[]): Promise<Reply> {
  const each = lines.map(({ productId, quantity }) => `<o:line productId="${productId}" quantity="${quantity}"/>`);
  return soap(context, 'placeOrder', `<o:order><o:customer>Scenario</o:customer>${each.join('')}</o:order>`);
}

/** As many lines of 100 as one order may have, and so 2,000 pieces. */
export function wholeLoad(productId: number): readonly Line[] {
  return Array.from({ length: 20 }, () => ({ productId, quantity: 100 }));
}

export async function stockOf(context: ScenarioContext, product: number): Promise<number> {
  const read = await context.request('GET', `/api/products/${product}`);
  expectStatus(context, read, 200, 'Reading a product over REST');
  return Number(member(read, 'stock'));
}

export async function seenOverRest(context: ScenarioContext, order: number): Promise<SeenOrder> {
  const read = await context.request('GET', `/api/orders/${order}`);
  expectStatus(context, read, 200, 'Reading an order over REST');
  const body: JsonObject = isJsonObject(read.json) ? read.json : {};
  return {
    id: Number(body['id']),
    status: String(body['status']),
    placedAt: String(body['placedAt']),
    total: String(body['total']),
    lines: Array.isArray(body['lines']) ? body['lines'].filter(isJsonObject) : [],
  };
}

export async function seenOverSoap(context: ScenarioContext, order: number): Promise<SeenOrder> {
  const { status, text } = await soap(context, 'getOrder', `<o:id>${order}</o:id>`);
  context.expect(status === 200, 'Reading an order over SOAP is answered 200', { expected: 200, actual: status });
  const lines = [...text.matchAll(/<(?:[\w.-]+:)?line\s([^>]*)>/g)].map(([, attributes = '']): JsonObject => {
    const values = [...attributes.matchAll(/([\w]+)\s*=\s*["']([^"']*)["']/g)].map(
      ([, name = '', value = '']) => [name, /^(?:productId|quantity)$/.test(name) ? Number(value) : value] as const,
    );
    return Object.fromEntries(values.filter(([name]) => !name.startsWith('xmlns')));
  });
  return {
    id: Number(element(text, 'id')),
    status: element(text, 'status') ?? '',
    placedAt: (element(text, 'placedAt') ?? '').trim(),
    total: (element(text, 'total') ?? '').trim(),
    lines,
  };
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

export function member(response: ScenarioResponse, name: string): unknown {
  return isJsonObject(response.json) ? response.json[name] : undefined;
}

/** Whole cents of a decimal, however many of its places are written; null for what is none, or is not whole cents. */
export function cents(decimal: string): bigint | null {
  const [, units, places = ''] = /^\+?(\d+)(?:\.(\d*))?$/.exec(decimal.trim()) ?? [];
  if (units === undefined || /[1-9]/.test(places.slice(2))) return null;
  return BigInt(units) * 100n + BigInt(places.slice(0, 2).padEnd(2, '0'));
}
