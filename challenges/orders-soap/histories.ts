import {
  bodyJson,
  bodyText,
  envelopeOf,
  type Exchange,
  type HistoryOperation,
  type HistoryOutcome,
  type HistorySource,
  isJsonObject,
  type Json,
  type RequestSpec,
} from '@assay/contract';
import { model } from './model.ts';

const namespace = 'urn:assay:orders';
/** What is left of each product when the history begins: room for a few orders. */
const left = 4000;
const sold = 'sold';

/** Few products with little stock, many who order, through either face: whether every refusal and every stock that is read fits one order of all orders. */
const stock: HistorySource = {
  id: 'stock',
  title: 'products',
  model: model.name,
  async prepare({ random, send }) {
    const body = { name: random.unique('product'), price: '1.00', delivered: 100_000 };
    const made = await send(overRest('POST', '/api/products', body));
    const product = memberOf(made, 'id');
    if (made.response?.status !== 201 || typeof product !== 'number') return null;
    for (let stands = 100_000; stands > left; stands -= 2000) {
      const { response } = await send(orderRequest('rest', product, 2000));
      if (response?.status !== 201) return null;
    }
    const account = String(product);
    return {
      opening: [{ input: { f: 'deposit', account, amount: left } }],
      next(_client, source): HistoryOperation {
        const face = source.pick(['rest', 'soap'] as const);
        if (source.integer(1, 10) <= 4)
          return { input: { f: 'balance', account }, request: readRequest(face, product), read: readStock };
        const amount = source.integer(1, 4) * 500;
        return {
          input: { f: 'transfer', from: account, to: sold, amount },
          request: orderRequest(face, product, amount),
          read: readOrder,
        };
      },
    };
  },
};

export const histories: readonly HistorySource[] = [stock];

function orderRequest(face: 'rest' | 'soap', productId: number, pieces: number): RequestSpec {
  const lines = Array.from({ length: pieces / 100 }, () => ({ productId, quantity: 100 }));
  if (face === 'rest') return overRest('POST', '/api/orders', { customer: 'History', lines });
  const each = lines.map(({ quantity }) => `<o:line productId="${productId}" quantity="${quantity}"/>`).join('');
  return overSoap('placeOrder', `<o:order><o:customer>History</o:customer>${each}</o:order>`);
}

function readRequest(face: 'rest' | 'soap', product: number): RequestSpec {
  return face === 'rest'
    ? overRest('GET', `/api/products/${product}`)
    : overSoap('getProduct', `<o:id>${product}</o:id>`);
}

function readStock(exchange: Exchange): HistoryOutcome {
  if (exchange.response?.status !== 200) return { outcome: 'unknown' };
  const told = memberOf(exchange, 'stock');
  const written = /<(?:[\w.-]+:)?stock(?:\s[^>]*)?>\s*(\d+)\s*</.exec(bodyText(exchange.response.body))?.[1];
  const value = typeof told === 'number' ? told : Number(written ?? Number.NaN);
  return Number.isInteger(value) ? { outcome: 'ok', output: value } : { outcome: 'unknown' };
}

/** A refusal for want of stock is an observation: at some moment it was not there. */
function readOrder(exchange: Exchange): HistoryOutcome {
  const status = exchange.response?.status;
  if (status === 201 || status === 200) return { outcome: 'ok', output: true };
  if (status === 409 && memberOf(exchange, 'type') === 'urn:orders:out-of-stock')
    return { outcome: 'ok', output: false };
  const text = bodyText(exchange.response?.body);
  if (status === 500 && /<(?:[\w.-]+:)?outOfStock\b/.test(text)) return { outcome: 'ok', output: false };
  return { outcome: 'unknown' };
}

function overRest(method: string, target: string, body?: Json): RequestSpec {
  return {
    method,
    target,
    ...(body === undefined
      ? {}
      : { headers: [['content-type', 'application/json']] as const, body: JSON.stringify(body) }),
  };
}

function overSoap(operation: string, inside: string): RequestSpec {
  return {
    method: 'POST',
    target: '/soap/orders',
    headers: [
      ['content-type', 'text/xml; charset=utf-8'],
      ['soapaction', `"${namespace}#${operation}"`],
    ],
    body: envelopeOf('1.1', `<o:${operation} xmlns:o="${namespace}">${inside}</o:${operation}>`),
  };
}

function memberOf(exchange: Exchange, name: string): Json | undefined {
  const body = bodyJson(exchange.response?.body);
  return isJsonObject(body) ? body[name] : undefined;
}
