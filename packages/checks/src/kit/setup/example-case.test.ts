import type { Json, JsonObject } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { operationOf } from '../requests/cases.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { exampleCase } from './example-case.ts';
import { Setup } from './setup.ts';

const body = (schema: Json, example?: Json): JsonObject => ({
  content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } },
});
const account: Json = { type: 'object', required: ['currency'], properties: { currency: { enum: ['EUR', 'USD'] } } };
const made = (schema: Json): JsonObject => ({ 201: { description: 'made', ...body(schema) } });
const identified: Json = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } };

/** Accounts, with this example, and transfers between two of them. */
function bank(example?: Json) {
  const transfer: Json = {
    type: 'object',
    required: ['fromAccountId', 'toAccountId'],
    properties: { fromAccountId: { type: 'integer' }, toAccountId: { type: 'integer' } },
  };
  const id: Json = { name: 'accountId', in: 'path', required: true, schema: { type: 'integer' } };
  return contractOf({
    '/accounts': {
      post: { operationId: 'open', requestBody: body(account, example), responses: made(identified) },
    },
    '/accounts/{accountId}': {
      get: { operationId: 'read', parameters: [id], responses: { 200: { description: 'read' } } },
    },
    '/transfers': {
      post: { operationId: 'transfer', requestBody: body(transfer), responses: made(identified) },
    },
  });
}

const like = { operation: 'open', path: {}, query: { a: 1 }, headers: {}, cookies: {} };

describe('exampleCase', () => {
  it('puts the example in the place of the body, and keeps the rest', () => {
    const contract = bank({ currency: 'USD' });
    expect(exampleCase(contract, operationOf(contract, 'open'), like)).toEqual({
      ...like,
      body: { mediaType: 'application/json', value: { currency: 'USD' } },
    });
  });

  it.each([undefined, { currency: 'XXX' }])('is null without an example that keeps its own schema: %j', (example) => {
    const contract = bank(example);
    expect(exampleCase(contract, operationOf(contract, 'open'), like)).toBeNull();
  });

  it('makes what others refer to, and nothing else', async () => {
    const sent: Json[] = [];
    const backend = scripted((line, value) => {
      if (line === 'POST /accounts') sent.push(value ?? null);
      return [201, { id: sent.length }];
    });
    const setup = new Setup(contextOf(bank({ currency: 'USD', note: 'by example' }), backend));
    await setup.make('accounts');
    const transfer = await setup.request('transfer');
    expect(JSON.parse(String(transfer.body))).toEqual({ fromAccountId: 2, toAccountId: 3 });
    expect(sent.map((value) => JSON.stringify(value).includes('by example'))).toEqual([false, true, true]);
  });
});
