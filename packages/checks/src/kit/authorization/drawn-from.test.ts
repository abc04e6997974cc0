import type { JsonObject } from '@assay/contract';
import { expect, it } from 'vitest';
import { object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { served } from '../testing/served-for-tests.ts';
import { drawnFrom, isLower } from './drawn-from.ts';
import { contextOfPeople, contractOfPeople, twoPeople } from './people-for-tests.ts';

const whole = { type: 'integer', minimum: 1, maximum: 9 };
const wallet = object({ id: { type: 'integer' }, balance: { type: 'number' } });

/** Wallets, or things for sale, and what moves something out of one. */
const contractOf = (things: string, move: string, members: JsonObject) =>
  contractOfPeople({
    [`/${things}`]: {
      post: { operationId: 'make', requestBody: taken(object({ title: text })), responses: { '201': said(wallet) } },
    },
    [`/${things}/{id}`]: {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      get: { operationId: 'read', responses: { '200': said(wallet) } },
    },
    [`/${move}`]: {
      post: { operationId: 'move', requestBody: taken(object(members)), responses: { '201': said({}) } },
    },
  });
const transfers = contractOf('wallets', 'transfers', {
  fromWalletId: { type: 'integer' },
  toWalletId: { type: 'integer' },
  amount: whole,
});

interface Flaws {
  /** Whose a thing is that something is taken from is not looked at. */
  readonly ofAnybody?: boolean;
  /** Everybody reads everything. */
  readonly open?: boolean;
}

async function tried(contract: typeof transfers, flaws: Flaws) {
  const things: { readonly id: number; balance: number; readonly owner: string }[] = [];
  const backend = await served(({ method, path, json, request }, response) => {
    const answer = (status: number, value: unknown = {}) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (path === '/register') return answer(201);
    if (path === '/login') return answer(200, { token: `token of ${String(json['email'])}` });
    const owner = (request.headers.authorization ?? '').replace('Bearer ', '');
    const [, kind, id] = path.split('/');
    const find = (one: unknown) => things.find((thing) => thing.id === Number(one));
    if (method === 'GET') {
      const found = find(id);
      if (found === undefined) return answer(404);
      return found.owner === owner || flaws.open === true ? answer(200, found) : answer(403);
    }
    if (kind === 'wallets' || kind === 'products') {
      things.push({ id: things.length + 1, balance: 100, owner });
      return answer(201, things.at(-1));
    }
    const [source, sink] = [find(json['fromWalletId'] ?? json['productId']), find(json['toWalletId'])];
    if (source === undefined || (source.owner !== owner && flaws.ofAnybody !== true)) return answer(404);
    source.balance -= Number(json['amount']);
    if (sink !== undefined) sink.balance += Number(json['amount']);
    return answer(201);
  });
  const context = contextOfPeople(contract, backend);
  return drawnFrom(context, ...(await twoPeople(context)));
}

const effects = async (contract: typeof transfers, flaws: Flaws) =>
  (await tried(contract, flaws)).map((one) => ({
    by: one.operation,
    status: one.exchange.response?.status,
    isLower: one.before !== null && one.after !== null && isLower(one.before, one.after, one.exchange),
  }));

it('sees what is taken from what somebody may not read', async () => {
  expect(await effects(transfers, { ofAnybody: true })).toEqual([{ by: 'move', status: 201, isLower: true }]);
});

it('sees that a backend refuses it', async () => {
  expect(await effects(transfers, {})).toEqual([{ by: 'move', status: 404, isLower: false }]);
});

it('leaves alone what everybody reads, and what others may order', async () => {
  expect(await effects(transfers, { ofAnybody: true, open: true })).toEqual([]);
  const orders = contractOf('products', 'orders', { productId: { type: 'integer' }, amount: whole });
  expect(await effects(orders, { ofAnybody: true })).toEqual([]);
});

it('takes nothing for less but what the request says', () => {
  const of = (balance: number | string) => exchangeOf('GET /wallets/3', 200, { body: { id: 3, balance } });
  const move = exchangeOf('POST /transfers', 201, { body: {}, sent: { fromWalletId: 3, amount: '2.40' } });
  expect(isLower(of('12.50'), of('10.10'), move)).toBe(true);
  expect(isLower(of(12.5), of(10.1), move)).toBe(true);
  expect(isLower(of(12.5), of(14.9), move)).toBe(false);
  expect(isLower(of(12.5), of(9.5), move)).toBe(false);
});
