import { describe, expect, it } from 'vitest';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { canShowNull, counterpart, unwrapped } from './counterpart.ts';

describe('counterpart', () => {
  const wrapped = { idPointer: '/data/id' };
  const own = { idPointer: '/article/slug' };
  const bare = { idPointer: '/id' };

  it('looks into what an answer is wrapped in', () => {
    const body = { data: { id: 1, title: 'tea' }, meta: {} };
    expect(counterpart(wrapped, { title: 'tea' }, body)).toEqual({
      sent: { title: 'tea' },
      back: { id: 1, title: 'tea' },
      at: '/data',
    });
    expect(counterpart({ idPointer: null }, { title: 'tea' }, body).at).toBe('/data');
  });

  it('looks into what is wrapped twice', () => {
    const body = { status: 'success', data: { post: { id: 1, title: 'tea' } } };
    expect(counterpart({ idPointer: '/data/post/id' }, { title: 'tea' }, body)).toEqual({
      sent: { title: 'tea' },
      back: { id: 1, title: 'tea' },
      at: '/data/post',
    });
  });

  it('looks into both where both are wrapped alike', () => {
    const pair = counterpart(own, { article: { title: 'tea' } }, { article: { slug: 'tea', title: 'tea' } });
    expect(pair).toEqual({ sent: { title: 'tea' }, back: { slug: 'tea', title: 'tea' }, at: '/article' });
  });

  it('looks into what was sent where only that is wrapped', () => {
    const pair = counterpart(bare, { article: { title: 'tea' } }, { id: 1, title: 'tea' });
    expect(pair).toEqual({ sent: { title: 'tea' }, back: { id: 1, title: 'tea' }, at: '' });
  });

  it('is not led astray by an envelope that has a status of its own', () => {
    const body = { status: 'success', data: { id: 1, title: 'tea', status: 'draft' } };
    expect(counterpart({ idPointer: null }, { title: 'tea', status: 'draft' }, body).at).toBe('/data');
    expect(counterpart({ idPointer: null }, { status: 'draft' }, body).at).toBe('/data');
    const thing = { id: 1, title: 'tea', data: { id: 2, title: 'milk' } };
    expect(counterpart({ idPointer: null }, { title: 'tea' }, thing).at).toBe('');
  });

  it('looks into the attributes of JSON:API, also where only one side has them', () => {
    const attributes = { title: 'tea', status: 'open' };
    const body = { data: { type: 'todos', id: '1', attributes, links: {} }, included: [] };
    const sent = { data: { type: 'todos', attributes: { title: 'tea' } } };
    const pair = { sent: { title: 'tea' }, back: attributes, at: '/data/attributes' };
    expect(counterpart(wrapped, sent, body)).toEqual(pair);
    expect(counterpart({ idPointer: null }, { todo: { title: 'tea' } }, body)).toEqual(pair);
    expect(counterpart(bare, sent, { id: 1, ...attributes })).toMatchObject({ sent: { title: 'tea' }, at: '' });
    const shirt = { type: 'shirt', attributes: { color: 'red' } };
    expect(counterpart(wrapped, shirt, { data: { id: 1, ...shirt } })).toMatchObject({ sent: shirt, at: '/data' });
    expect(counterpart(wrapped, { size: 3 }, { data: { id: 1, size: 3, ...shirt } }).at).toBe('/data');
  });

  it('leaves alone what is a part of the thing', () => {
    const author = { id: 1, title: 'tea', author: { name: 'Ann' } };
    expect(counterpart(bare, { name: 'Tom' }, author)).toEqual({ sent: { name: 'Tom' }, back: author, at: '' });
    const data = { id: 1, title: 'tea', data: { a: 1 } };
    expect(counterpart(bare, { title: 'milk' }, data).at).toBe('');
  });
});

describe('unwrapped', () => {
  it('takes a thing out of its wrapper, and leaves what is none', () => {
    expect(unwrapped({ data: { id: 1 }, meta: {} })).toEqual({ id: 1 });
    expect(unwrapped({ article: { slug: 'tea' } })).toEqual({ slug: 'tea' });
    expect(unwrapped({ status: 'success', data: { article: { slug: 'tea' } } })).toEqual({ slug: 'tea' });
    expect(unwrapped({ id: 1, author: { id: 2 } })).toEqual({ id: 1, author: { id: 2 } });
    expect(unwrapped({ data: { type: 'teas', id: '1', attributes: { name: 'oak' } } })).toEqual({
      type: 'teas',
      id: '1',
      name: 'oak',
    });
    expect(unwrapped([{ id: 1 }])).toEqual([{ id: 1 }]);
  });
});

describe('canShowNull', () => {
  const name = { type: 'string' };
  const answer = (schema: object) => ({
    get: {
      operationId: 'get',
      responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } },
    },
  });
  const can = (schema: object) => canShowNull(contractOf({ '/a': answer(schema) as never }), 'get', 'name');

  it('is told by the contract, also inside a wrapper', () => {
    expect(can({ type: 'object', properties: { name } })).toBe(false);
    expect(can({ type: 'object', properties: { thing: { type: 'object', properties: { name } } } })).toBe(false);
    expect(can({ type: 'object', properties: { name: { type: ['string', 'null'] } } })).toBe(true);
    expect(can({ type: 'object', properties: { name: { anyOf: [name, { type: 'null' }] } } })).toBe(true);
  });

  it('is not ruled out where the contract does not say', () => {
    expect(can({ type: 'object' })).toBe(true);
    expect(can({ type: 'object', properties: { name: {} } })).toBe(true);
  });
});
