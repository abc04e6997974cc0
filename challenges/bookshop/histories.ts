import {
  bodyJson,
  type Exchange,
  type HistoryOperation,
  type HistoryOutcome,
  type HistorySource,
  isJsonObject,
  type Json,
} from '@assay/contract';
import { model } from './model.ts';

const books = 2;
const opening = 6;

/** Few copies and many who want them, and prices that change meanwhile: whether every stock and every refusal fits one order of all that happened. */
const stocks: HistorySource = {
  id: 'stocks',
  title: 'books',
  model: model.name,
  async prepare({ random, send }) {
    const author = memberOf(await send(post('createAuthor', '/authors', { name: random.unique('author') })), 'id');
    const ids: string[] = [];
    for (let each = 0; each < books; each += 1) {
      const isbn = Array.from({ length: 13 }, () => random.integer(0, 9)).join('');
      const book = {
        isbn,
        title: 'Last copies',
        genre: 'novel',
        price: '1.00',
        stock: opening,
        authorIds: [author ?? 0],
      };
      const made = await send(post('createBook', '/books', book));
      const id = memberOf(made, 'id');
      if (made.response?.status !== 201 || id === undefined) return null;
      ids.push(String(id));
    }
    return {
      opening: ids.map((account) => ({ input: { f: 'deposit', account, amount: opening } })),
      next(_client, source): HistoryOperation {
        const account = source.pick(ids);
        const kind = source.integer(1, 10);
        if (kind <= 3)
          return {
            input: { f: 'balance', account },
            request: { method: 'GET', target: `/books/${account}`, operation: 'getBook' },
            read: readStock,
          };
        const amount = source.integer(1, 3);
        if (kind === 4)
          return {
            input: { f: 'deposit', account, amount },
            request: post('deliverCopies', `/books/${account}/deliveries`, { copies: amount }),
            read: ({ response }) => (response?.status === 200 ? { outcome: 'ok' } : { outcome: 'unknown' }),
          };
        if (kind === 5)
          return {
            // Another price moves no copies; what the answer says of them was so at some moment.
            input: { f: 'balance', account },
            request: {
              method: 'PATCH',
              target: `/books/${account}`,
              operation: 'updateBook',
              headers: [['content-type', 'application/merge-patch+json']],
              body: JSON.stringify({ price: `${amount}.00` }),
            },
            read: readStock,
          };
        return {
          input: { f: 'transfer', from: account, to: 'customer', amount },
          request: post('createOrder', '/orders', {
            customer: 'Ada',
            lines: [{ bookId: Number(account), copies: amount }],
          }),
          read: readOrder,
        };
      },
    };
  },
};

export const histories: readonly HistorySource[] = [stocks];

function readStock(exchange: Exchange): HistoryOutcome {
  const stock = memberOf(exchange, 'stock');
  if (exchange.response?.status !== 200 || typeof stock !== 'number') return { outcome: 'unknown' };
  return { outcome: 'ok', output: stock };
}

/** A refusal for want of copies is an observation: at some moment they were not there. */
function readOrder(exchange: Exchange): HistoryOutcome {
  if (exchange.response?.status === 201) return { outcome: 'ok', output: true };
  if (exchange.response?.status === 409 && memberOf(exchange, 'type') === 'urn:bookshop:out-of-stock')
    return { outcome: 'ok', output: false };
  return { outcome: 'unknown' };
}

function post(operation: string, target: string, body: Json) {
  return {
    method: 'POST',
    target,
    operation,
    headers: [['content-type', 'application/json']] as const,
    body: JSON.stringify(body),
  };
}

function memberOf(exchange: Exchange, name: string): Json | undefined {
  const body = bodyJson(exchange.response?.body);
  return isJsonObject(body) ? body[name] : undefined;
}
