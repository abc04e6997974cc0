import { readContract, type RequestCase } from '@assay/contract';
import { expect, it } from 'vitest';
import { object, taken, text } from '../testing/openapi-for-tests.ts';
import { placesBesides, placesOf, plantedAt, sqlPlaceInWords, waysTo } from './sql-places.ts';

const integer = { type: 'integer' };
const filter = { type: 'object', properties: { status: text, year: integer } };
const contract = readContract({
  path: 'openapi.json',
  text: JSON.stringify({
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    security: [{ key: [] }, { session: [] }],
    components: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
        session: { type: 'apiKey', in: 'cookie', name: 'sid' },
      },
    },
    paths: {
      '/items': {
        get: {
          operationId: 'list',
          parameters: [
            { name: 'limit', in: 'query', schema: integer },
            { name: 'sort', in: 'query', schema: { type: 'string', enum: ['-made', 'title'] } },
            { name: 'filter', in: 'query', style: 'deepObject', schema: filter },
          ],
          responses: { '200': { description: 'all' } },
        },
        post: {
          operationId: 'make',
          requestBody: taken(object({ name: text, priority: integer })),
          responses: { '201': { description: 'made' } },
        },
      },
    },
  }),
});
const [list, make] = contract.operations;
if (list === undefined || make === undefined) throw new Error('there are two operations');
const plain: RequestCase = { operation: 'list', path: {}, query: {}, headers: {}, cookies: {}, body: undefined };
const filled: RequestCase = {
  ...plain,
  body: { mediaType: 'application/json', value: { name: 'a', priority: 2, done: true } },
};

it('knows every place of an ordinary request, members of parameters and numbers too', () => {
  expect(placesOf(contract, list, plain)).toEqual([
    'query:limit',
    'query:sort',
    'query:filter[status]',
    'query:filter[year]',
    'name:filter',
    'name:query',
  ]);
  expect(placesOf(contract, make, filled)).toEqual(['body:/name', 'body:/priority', 'name:body']);
});

it('adds what is kept of each request to one that reads and one that writes, and each scheme once', () => {
  const audited = ['header:User-Agent', 'header:Referer', 'header:X-Forwarded-For'];
  expect([...placesBesides(contract)]).toEqual([
    [list, [...audited, 'scheme:key', 'scheme:session']],
    [make, audited],
  ]);
});

it('begins as what the place takes begins', () => {
  const prefixes = (place: string) => waysTo(contract, list, place, plain).map(([prefix]) => prefix);
  expect(prefixes('query:filter[status]')).toEqual(['', '']);
  expect(prefixes('query:limit')).toEqual(['', '', '1']);
  expect(prefixes('query:filter[year]')).toEqual(['', '', '1']);
  expect(prefixes('query:sort')).toEqual(['', '', 'title', 'title']);
  expect(waysTo(contract, make, 'body:/priority', filled).map(([prefix]) => prefix)).toEqual(['1']);
  expect(waysTo(contract, list, 'scheme:session', plain).some(([, tail]) => tail.includes(';'))).toBe(false);
});

it('plants where it says', () => {
  const targetOf = (place: string) => decodeURIComponent(plantedAt(contract, list, plain, place, "zq'").target);
  expect(targetOf('query:limit')).toBe("/items?limit=zq'");
  expect(targetOf('query:filter[status]')).toBe("/items?filter[status]=zq'");
  expect(targetOf('name:filter')).toBe("/items?filter[zq']=1");
  expect(targetOf('name:query')).toBe("/items?zq'=1");
  const headersOf = (place: string) => plantedAt(contract, list, plain, place, "zq'").headers;
  expect(headersOf('header:User-Agent')).toContainEqual(['User-Agent', "zq'"]);
  expect(headersOf('scheme:key')).toContainEqual(['x-api-key', "zq'"]);
  expect(headersOf('scheme:session')).toContainEqual(['cookie', "sid=zq'"]);
  expect(plantedAt(contract, list, plain, 'scheme:key', 'zq').as).toBeNull();
  expect(plantedAt(contract, make, filled, 'body:/priority', "1zq'").body).toBe(
    `{"name":"a","priority":"1zq'","done":true}`,
  );
  expect(plantedAt(contract, make, filled, 'name:body', 'zq').body).toContain('"zq":"1"');
});

it('plants into a parameter that has brackets in its own name', () => {
  const flat = readContract({
    path: 'openapi.json',
    text: JSON.stringify({
      openapi: '3.1.0',
      info: { title: 't', version: '1' },
      paths: {
        '/items': {
          get: {
            operationId: 'list',
            parameters: [
              { name: 'filter[status]', in: 'query', schema: text },
              { name: 'page[number]', in: 'query', schema: integer },
            ],
            responses: { '200': { description: 'all' } },
          },
        },
      },
    }),
  });
  const [only] = flat.operations;
  if (only === undefined) throw new Error('there is one operation');
  const request = { ...plain, query: { 'filter[status]': 'open' } };
  const { target } = plantedAt(flat, only, request, 'query:filter[status]', 'zq');
  expect(decodeURIComponent(target)).toBe('/items?filter[status]=zq');
  const ways = waysTo(flat, only, 'query:page[number]', request);
  expect(ways.map(([prefix]) => prefix)).toEqual(['', '', '1']);
});

it('says where in words', () => {
  expect(['body:/name', 'query:filter[status]', 'name:filter'].map((place) => sqlPlaceInWords(place, 'list'))).toEqual([
    'The body’s /name of list',
    'The query parameter filter[status] of list',
    'The name of a member of the query parameter filter of list',
  ]);
});
