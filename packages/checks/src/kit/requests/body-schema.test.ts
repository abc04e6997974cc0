import type { Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { firstOf, todo } from '../testing/recordings-for-tests.ts';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { answerSchema, bodySchema, plainSchema } from './body-schema.ts';

it('says of a number or text that it is either, with the pattern of the text', () => {
  const decimal: Json = {
    anyOf: [{ type: 'number', minimum: 0 }, { type: 'string', pattern: '^\\d*$' }, { type: 'null' }],
  };
  expect(plainSchema(todo, decimal)).toMatchObject({ type: ['number', 'string', 'null'], pattern: '^\\d*$' });
});

it('says nothing of branches that are objects', () => {
  expect(plainSchema(todo, { oneOf: [{ type: 'object' }, { type: 'string' }] })).not.toHaveProperty('type');
});

it('looks through what JSON:API has around the attributes, and through nothing that has attributes among others', () => {
  const attributes = { type: 'object', properties: { price: { type: 'number' } } };
  const members = { type: { type: 'string' }, attributes };
  const schemaOf = (data: Json) => {
    const schema = { type: 'object', properties: { data: { type: 'object', properties: data }, meta: {} } };
    const content = { 'application/vnd.api+json': { schema } };
    const responses = { 201: { description: 'ok', content } };
    const contract = contractOf({ '/teas': { post: { requestBody: { content }, responses } } } as Json);
    const operation = firstOf(contract.operations);
    return [bodySchema(contract, operation), answerSchema(contract, operation)].map((found) =>
      Object.keys((found?.['properties'] ?? {}) as Json & object),
    );
  };
  expect(schemaOf(members)).toEqual([['price'], ['price']]);
  expect(schemaOf({ ...members, size: { type: 'integer' } })[1]).toEqual(['type', 'attributes', 'size']);
});
