import { type JsonObject, readContract, type RequestCase } from '@assay/contract';
import { expect, it } from 'vitest';
import { bareRequest } from './bare-request.ts';

it('keeps what is required and what it takes to be valid', async () => {
  const schema = {
    type: 'object',
    required: ['title'],
    properties: {
      title: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      done: { type: 'boolean' },
    },
    dependentRequired: { from: ['to'] },
    anyOf: [{ required: ['to'] }, { required: ['done'] }],
  };
  const post = {
    requestBody: { content: { 'application/json': { schema } } },
    responses: { 201: { description: 'made' } },
  };
  const text = JSON.stringify({ openapi: '3.1.0', info: { title: 't', version: '1' }, paths: { '/a': { post } } });
  const contract = await readContract({ path: 'openapi.json', text });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('the contract has no operation');
  const bodyOf = (value: JsonObject): unknown => {
    const body = { mediaType: 'application/json', value };
    const request: RequestCase = { operation: operation.id, path: {}, query: {}, headers: {}, cookies: {}, body };
    return bareRequest(contract, operation, request).body?.value;
  };
  expect(bodyOf({ title: 'tea', from: 'a', to: 'b', done: true })).toEqual({ title: 'tea', done: true });
  expect(bodyOf({ title: 'tea', to: 'b' })).toEqual({ title: 'tea', to: 'b' });
});
