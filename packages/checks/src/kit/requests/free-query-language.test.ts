import type { Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { exchangeOf, firstOf } from '../testing/recordings-for-tests.ts';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { speaksFreely } from './free-query-language.ts';

const text = { type: 'string' };
const words = { type: 'array', items: { $ref: '#/components/schemas/Word' } };

function speaks(name: string, schema: Json, query: string): boolean {
  const contract = contractOf(
    { '/books': { get: { parameters: [{ name, in: 'query', schema }], responses: { 200: { description: 'ok' } } } } },
    { Word: { type: 'string' } },
  );
  const { request } = exchangeOf(`GET /books?${query}`, 400);
  return speaksFreely(request, firstOf(contract.operations), contract);
}

it.each([
  ['sort', words, 'sort=oak'],
  ['orderBy', text, 'orderBy=oak'],
  ['ordering', text, 'ordering=oak'],
  ['include', text, 'include=oak'],
  ['fields', { type: 'object', additionalProperties: text }, 'fields%5Bbooks%5D=oak'],
  ['filter[title]', text, 'filter%5Btitle%5D=oak'],
  ['pageable', { type: 'object', properties: { sort: words } }, 'page=1&sort=oak'],
])('%s is in a language that the schema leaves open', (name, schema, query) => {
  expect(speaks(name, schema, query)).toBe(true);
});

it.each([
  ['sort', { type: 'string', enum: ['title', '-title'] }, 'sort=title'],
  ['sort', { type: 'array', items: { type: 'string', pattern: '^-?[a-z]+$' } }, 'sort=title'],
  ['include', { type: 'boolean' }, 'include=true'],
  ['q', text, 'q=oak'],
  ['sort', text, 'limit=1'],
])('%s as %j can be refused for nothing', (name, schema, query) => {
  expect(speaks(name, schema, query)).toBe(false);
});
