import { isJsonObject, type Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { faultSubject } from '../faults/fault-subjects.ts';
import { movementSubjects } from '../races/twin-movements.ts';
import { operationOf } from '../requests/cases.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { feedings } from './feeding.ts';
import { Setup } from './setup.ts';

const integer = { type: 'integer', minimum: 1, maximum: 1_000_000 };
const post = (operationId: string, properties: Record<string, Json>, parameters: readonly Json[] = []): Json => ({
  operationId,
  parameters,
  requestBody: {
    required: true,
    content: { 'application/json': { schema: { type: 'object', required: Object.keys(properties), properties } } },
  },
  responses: {
    201: {
      description: 'Made',
      content: { 'application/json': { schema: { type: 'object', properties: { id: { type: 'integer' } } } } },
    },
  },
});
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const wallet = { schema: { type: 'object', properties: { id: { type: 'integer' }, balance: { type: 'integer' } } } };

const contract = contractOf({
  '/wallets': { post: post('open', { currency: { type: 'string', enum: ['EUR', 'USD', 'CHF'] } }) },
  '/wallets/{id}': {
    get: {
      operationId: 'wallet',
      parameters: [id],
      responses: { 200: { description: 'It', content: { 'application/json': wallet } } },
    },
  },
  '/wallets/{id}/close': {
    post: { operationId: 'close', parameters: [id], responses: { 204: { description: 'Closed' } } },
  },
  '/wallets/{id}/deposits': { post: post('deposit', { amount: integer }, [id]) },
  '/transfers': {
    post: post('transfer', { fromWalletId: { type: 'integer' }, toWalletId: { type: 'integer' }, amount: integer }),
  },
});

/** Wallets that are empty at first; nothing goes from one currency to another. */
function bank() {
  const wallets: { readonly currency: Json; balance: number }[] = [];
  return scripted((line, body) => {
    const sent = isJsonObject(body) ? body : {};
    const own = wallets[Number(/^\w+ \/wallets\/(\d+)/.exec(line)?.[1]) - 1];
    const amount = Number(sent['amount']);
    if (line === 'POST /wallets')
      return [201, { id: wallets.push({ currency: sent['currency'] ?? null, balance: 0 }) }];
    if (line === 'POST /transfers') {
      const [from, to] = ['fromWalletId', 'toWalletId'].map((name) => wallets[Number(sent[name]) - 1]);
      if (from === undefined || to === undefined || from.currency !== to.currency) return [422];
      if (from.balance < amount) return [409];
      from.balance -= amount;
      to.balance += amount;
      return [201, { id: 1 }];
    }
    if (own === undefined) return [404];
    if (line.startsWith('GET')) return [200, { id: 1, balance: own.balance }];
    if (line.endsWith('/close')) throw new Error('nothing is to be closed');
    own.balance += amount;
    return [201, { id: 1 }];
  });
}

it('knows what puts something into a thing', async () => {
  const context = contextOf(await contract, bank());
  const ids = feedings(context, operationOf(context.contract, 'transfer')).map((operation) => operation.id);
  expect(ids).toEqual(['deposit']);
});

it('knows what tops up whoever asks, though nothing is named', () => {
  const own = contractOf({
    '/parcels': { post: post('send', { weight: integer }) },
    '/balance/topups': { post: post('topUp', { amount: integer }) },
    '/feedback': { post: post('tell', { amount: integer }) },
  });
  let balance = 0;
  const backend = scripted((line) => {
    if (line === 'POST /balance/topups') balance += 1;
    return line === 'POST /parcels' && balance === 0 ? [402] : [201, { id: 1 }];
  });
  const context = contextOf(own, backend);
  expect(feedings(context, operationOf(own, 'send')).map(({ id: name }) => name)).toEqual(['topUp']);
  return expect(new Setup(context).make('parcels')).resolves.toMatchObject({ id: 1 });
});

it('feeds wallets of one currency until a transfer is accepted, and finds for how much there is enough once', async () => {
  const context = contextOf(await contract, bank());
  const found = await Array.fromAsync(
    movementSubjects(context, new Setup(context), operationOf(context.contract, 'transfer')),
  );
  expect(found.map(({ kind }) => kind)).toEqual(['sum', 'sum', 'limit']);
  const limit = await found[2]?.prepare();
  if (limit === undefined) throw new Error('no limit was found');
  expect((await context.backend.send(limit.first)).response?.status).toBe(201);
  expect((await context.backend.send(limit.second)).response?.status).toBe(409);
});

it('feeds what a request is cut for, each time', async () => {
  const context = contextOf(await contract, bank());
  const setup = new Setup(context);
  const subject = await faultSubject(context, setup, operationOf(context.contract, 'transfer'));
  for (const { request } of [await subject.prepare(), await subject.prepare()])
    expect((await context.backend.send(request)).response?.status).toBe(201);
});
