import type { Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { idOf, itemIdOf } from './id-of.ts';

const things = {
  name: 'things',
  create: 'makeThing',
  read: null,
  replace: null,
  patch: null,
  remove: null,
  lists: [],
  idParameter: 'id',
  idPointer: null,
};
const found = (body: Json) => idOf(things, exchangeOf('POST /things', 201), body);

it('finds the id where the contract does not say what the answer holds', () => {
  expect(found({ id: 7, name: 'x' })).toBe(7);
  expect(found(219)).toBe(219);
  expect(found('0f8fad5b-d9cb-469f-a165-70867728950e')).toBe('0f8fad5b-d9cb-469f-a165-70867728950e');
});

it('looks into what the answer is wrapped in, where the contract does not say it', () => {
  const articles = { ...things, name: 'articles', idParameter: 'slug' };
  const made = exchangeOf('POST /articles', 201);
  expect(idOf(articles, made, { article: { slug: 'a-b', author: { id: 4 } } })).toBe('a-b');
  expect(idOf(articles, made, { article: { slug: 'a-b' }, user: { id: 4 } })).toBe('a-b');
  expect(idOf(articles, made, { user: { id: 4 }, tags: [] })).toBeUndefined();
  expect(itemIdOf({ ...things, name: 'categories' }, { id: 1, category: { id: 9 } })).toBe(1);
  expect(itemIdOf(articles, { article: { slug: 'a-b' } })).toBe('a-b');
  expect(found({ data: { id: 7 } })).toBe(7);
});

it('takes the last segment of Location, but not that of the job which will make it', () => {
  const at = (status: number, location: string) =>
    idOf({ ...things, idPointer: '/id' }, exchangeOf('POST /things', status, { headers: { location } }), undefined);
  expect(at(201, '/v1/things/7')).toBe('7');
  expect(at(202, 'https://api.example/things/7/')).toBe('7');
  expect(at(202, '7')).toBe('7');
  expect(at(202, '/jobs/7')).toBeUndefined();
  const job = exchangeOf('POST /things', 202, { headers: { location: '/jobs/1' } });
  expect(idOf({ ...things, idPointer: '/id' }, job, { id: 1 })).toBeUndefined();
});

it('takes a segment as it is that was never encoded', () => {
  const location = '/labels/100% + R&D';
  const made = exchangeOf('POST /labels', 201, { headers: { location } });
  expect(idOf(things, made, undefined)).toBe('100% + R&D');
});

it('takes the address of what the client itself put there', () => {
  const docs = { ...things, create: 'put', replace: 'put', idPointer: '/id' };
  const put = exchangeOf('PUT /docs/a%20b?draft=1', 204);
  expect(idOf(docs, put, undefined)).toBe('a b');
  expect(idOf(docs, put, { id: 'c' })).toBe('c');
  expect(idOf({ ...docs, create: 'add' }, put, undefined)).toBeUndefined();
});

it('takes no other answer for an id', () => {
  expect(found('created')).toBeUndefined();
  expect(found(1.5)).toBeUndefined();
  expect(found([7])).toBeUndefined();
});
