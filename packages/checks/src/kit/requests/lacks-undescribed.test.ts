import type { Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { lacksUndescribed } from './lacks-undescribed.ts';

const hook: Json = { type: 'object', required: ['url', 'team_id'], properties: { url: { type: 'string' } } };

function lacks(schema: Json, sent: Json): boolean {
  const contract = contractOf({
    '/hooks': {
      post: {
        operationId: 'add',
        requestBody: { content: { 'application/json': { schema } } },
        responses: { 201: { description: 'made' } },
      },
    },
  });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  return lacksUndescribed(exchangeOf('POST /hooks', 400, { sent }).request, operation, contract);
}

it.each<[boolean, Json, Json]>([
  [true, hook, { url: 'a' }],
  [true, { type: 'object', properties: { hooks: { type: 'array', items: hook } } }, { hooks: [{ url: 'a' }] }],
  [false, hook, { url: 'a', team_id: 7 }],
  [false, { type: 'object', properties: { hook } }, {}],
  [false, { ...hook, additionalProperties: false }, { url: 'a' }],
  [false, { ...hook, required: ['url'] }, { url: 'a' }],
])('%s for %j', (expected, schema, sent) => {
  expect(lacks(schema, sent)).toBe(expected);
});
