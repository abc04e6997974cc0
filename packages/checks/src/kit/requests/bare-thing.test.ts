import type { Json, RequestCase } from '@assay/contract';
import { expect, it } from 'vitest';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { bareThing } from './bare-thing.ts';
import { operationOf } from './cases.ts';

it('says one member, what is required, and the version', () => {
  const article: Json = {
    type: 'object',
    required: ['title'],
    properties: { title: { type: 'string' }, notes: { type: 'string' }, version: { type: 'integer' } },
  };
  const schema: Json = { type: 'object', required: ['article'], properties: { article } };
  const contract = contractOf({
    '/articles/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      put: {
        operationId: 'change',
        requestBody: { content: { 'application/json': { schema } } },
        responses: { 200: { description: 'It' } },
      },
    },
  });
  const bare = (value: Json, member: string): unknown => {
    const body = { mediaType: 'application/json', value };
    const request: RequestCase = { operation: 'change', path: {}, query: {}, headers: {}, cookies: {}, body };
    return bareThing(contract, operationOf(contract, 'change'), request, member).body?.value;
  };
  const whole = { title: 'tea', notes: 'n', version: 3, more: true };
  expect(bare({ article: whole }, 'notes')).toEqual({ article: { title: 'tea', notes: 'n', version: 3 } });
  expect(bare({ article: whole }, 'title')).toEqual({ article: { title: 'tea', version: 3 } });
});
