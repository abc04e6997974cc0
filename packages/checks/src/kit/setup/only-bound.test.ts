import type { RequestCase } from '@assay/contract';
import { expect, it } from 'vitest';
import { operationOf } from '../requests/cases.ts';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { onlyBound } from './only-bound.ts';

const lines = (minItems: number) => ({
  type: 'object',
  required: ['lines'],
  properties: {
    lines: { type: 'array', minItems, items: { type: 'object', properties: { productId: { type: 'integer' } } } },
  },
});

it.each([
  [1, 1],
  [2, 3],
])('keeps the first of a list alone where at least %i must be there', (minItems, left) => {
  const contract = contractOf({
    '/orders': {
      post: {
        operationId: 'place',
        requestBody: { required: true, content: { 'application/json': { schema: lines(minItems) } } },
        responses: { 201: { description: '' } },
      },
    },
  });
  const value = { lines: [{ productId: 1 }, { productId: 2 }, { productId: 3 }] };
  const request: RequestCase = {
    operation: 'place',
    path: {},
    query: {},
    headers: {},
    cookies: {},
    body: { mediaType: 'application/json', value },
  };
  const bound = onlyBound(contract, operationOf(contract, 'place'), request, 'body:/lines/0/productId');
  expect(bound.body?.value).toEqual({ lines: value.lines.slice(0, left) });
});
