import type { JsonObject, Wire } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { said, taken } from '../kit/testing/openapi-for-tests.ts';
import { firstOf, judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../kit/testing/scripted-for-tests.ts';
import { check } from './pagination-complete.ts';

describe(check.id, () => {
  const passing = recorded(check, 'pass');
  const walk = firstOf(passing.walks);
  const only = (change: Partial<typeof walk>) => judged(check, { walks: [{ ...walk, ...change }], trouble: null });

  it('passes a list that brings every item once', () => {
    expect(judged(check, passing)).toMatchObject({ status: 'passed', reason: '1 list walked over 3 pages' });
  });

  it('tells of items that no page brought', () => {
    expect(judged(check, recorded(check, 'fail')).findings).toEqual([
      {
        severity: 'high',
        key: 'listTodos lost',
        title: 'Walking listTodos never brought 2 of 8 things created before (4 and 5)',
      },
    ]);
  });

  it('tells of items that came twice, and of pages that are too long', () => {
    expect(only({ seen: [...walk.seen, firstOf(walk.seen)] }).findings).toMatchObject([
      { key: 'listTodos twice', title: expect.stringContaining('brought 1 item more than once') },
    ]);
    expect(only({ longestPage: 20 }).findings).toMatchObject([
      { key: 'listTodos long', title: 'listTodos brought a page of 20 items although 3 were asked for' },
    ]);
  });

  it('tells in which order the items were lost, and once', () => {
    const inOrder = (value: string) => ({ ...walk, order: { name: 'sort', value }, seen: walk.seen.slice(1) });
    const walks = [walk, inOrder('name'), inOrder('-name')];
    expect(judged(check, { walks, trouble: null }).findings).toMatchObject([
      {
        key: 'listTodos sort=name lost',
        title: expect.stringMatching(/^Walking listTodos with sort=name never brought 1 of/),
      },
    ]);
  });

  /** What is told of a list of which some pages skip the first. */
  const skipping = async (
    parameters: readonly JsonObject[],
    skips: (query: URLSearchParams) => boolean,
    shown: (reads: number) => JsonObject = () => ({}),
  ) => {
    const todo = { type: 'object', properties: { id: { type: 'integer' }, rank: { type: 'integer' } } };
    const contract = contractOf({
      '/todos': {
        get: {
          operationId: 'list',
          parameters: [{ name: 'offset', in: 'query', schema: { type: 'integer' } }, ...parameters],
          responses: { 200: said({ type: 'array', items: todo }) },
        },
        post: { operationId: 'add', requestBody: taken({ type: 'object' }), responses: { 201: said(todo) } },
      },
      '/todos/{id}': {
        get: {
          operationId: 'read',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          responses: { 200: said() },
        },
      },
    });
    const todos: number[] = [];
    let reads = 0;
    const backend = scripted((line) => {
      if (line.startsWith('POST')) return [201, { id: todos.push(todos.length + 1) }];
      const query = new URL(line.slice('GET '.length), 'http://x').searchParams;
      const [offset, limit] = [Number(query.get('offset')), Number(query.get('limit'))];
      const from = offset > 0 && skips(query) ? offset + 1 : offset;
      reads += 1;
      return [200, todos.slice(from, from + limit).map((id) => ({ id, rank: 1, ...shown(reads) }))];
    });
    return judged(check, await check.probe(contextOf(contract, backend))).findings;
  };

  it('walks a list in the orders that its contract offers', async () => {
    const limit = { name: 'limit', in: 'query', schema: { type: 'integer' } };
    const sort = { name: 'sort', in: 'query', schema: { type: 'string', enum: ['random', 'title'] } };
    const found = await skipping([limit, sort], (query) => query.has('sort'));
    expect(found).toMatchObject([{ key: 'list sort=title lost' }]);
  });

  it('walks it in those first in which what was made is equal', async () => {
    const limit = { name: 'limit', in: 'query', schema: { type: 'integer' } };
    const sort = { name: 'sort', in: 'query', schema: { type: 'string', enum: ['id', 'a', 'b', 'c', '-rank'] } };
    const found = await skipping([limit, sort], (query) => query.get('sort') === '-rank');
    expect(found).toMatchObject([{ key: 'list sort=-rank lost' }]);
    const inTwos = (order: string) => (query: URLSearchParams) =>
      query.get('sort') === order && query.get('limit') === '2';
    expect(await skipping([limit, sort], inTwos('-rank'))).toMatchObject([{ key: 'list sort=-rank lost' }]);
    expect(await skipping([limit, sort], inTwos('a'))).toEqual([]);
  });

  it('walks it in one in which each has its own value', async () => {
    const limit = { name: 'limit', in: 'query', schema: { type: 'integer' } };
    const sort = { name: 'sort', in: 'query', schema: { type: 'string', enum: ['id', 'a', 'b', 'c', '-rank'] } };
    expect(await skipping([limit, sort], (query) => query.get('sort') === 'id')).toMatchObject([
      { key: 'list sort=id lost' },
    ]);
  });

  it('blames no order in which things move by themselves, or did so once', async () => {
    const limit = { name: 'limit', in: 'query', schema: { type: 'integer' } };
    const sort = { name: 'sort', in: 'query', schema: { type: 'string', enum: ['-rank'] } };
    const inOrder = (query: URLSearchParams) => query.has('sort');
    expect(await skipping([limit, sort], inOrder, (reads) => ({ views: reads }))).toMatchObject([
      { key: 'list sort=-rank lost' },
    ]);
    expect(await skipping([limit, sort], inOrder, (reads) => ({ rank: reads }))).toEqual([]);
    expect(
      await skipping(
        [limit],
        () => true,
        (reads) => ({ views: reads }),
      ),
    ).toEqual([]);
    let skips = 0;
    expect(await skipping([limit], (query) => query.get('limit') === '3' && (skips += 1) < 3)).toEqual([]);
  });

  it('tells where nothing stayed long enough to be walked', () => {
    const reason = 'what the lists bring changed while they were walked';
    expect(only({ seen: walk.seen.slice(1), stayed: false })).toMatchObject({ status: 'undecided', reason });
    const walks = [walk, { ...walk, order: { name: 'sort', value: 'rank' }, seen: walk.seen.slice(1), stayed: false }];
    expect(judged(check, { walks, trouble: null })).toMatchObject({
      status: 'passed',
      reason: '1 list walked over 3 pages',
    });
  });

  it('has the database look at its tables once for each resource', async () => {
    const todo = { type: 'object', properties: { id: { type: 'integer' } } };
    const parameters = ['offset', 'limit'].map((name) => ({ name, in: 'query', schema: { type: 'integer' } }));
    const listing = (operationId: string) => ({
      get: {
        operationId,
        parameters,
        responses: { 200: said({ type: 'array', items: { $ref: '#/components/schemas/Todo' } }) },
      },
    });
    const read = {
      operationId: 'read',
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      responses: { 200: said({ $ref: '#/components/schemas/Todo' }) },
    };
    const add = { operationId: 'add', requestBody: taken({ type: 'object' }), responses: { 201: said(todo) } };
    const contract = contractOf(
      { '/todos': { ...listing('list'), post: add }, '/todos/recent': listing('recent'), '/todos/{id}': { get: read } },
      { Todo: todo },
    );
    let [made, looks] = [0, 0];
    const backend = scripted((line) => (line.startsWith('POST') ? [201, { id: (made += 1) }] : [200, []]));
    const wire = { statements: () => [] } as Partial<Wire> as Wire;
    const sql = () => Promise.resolve(((looks += 1), []));
    const { walks } = await check.probe(contextOf(contract, { ...backend, wire, sql }));
    expect(walks.map(({ operation }) => operation)).toEqual(['list', 'recent']);
    expect(looks).toBe(1);
  });

  it('walks longer pages for what short ones must bring, where the contract allows no short ones', async () => {
    const limit = { name: 'limit', in: 'query', schema: { type: 'integer', enum: [20, 40, 80] } };
    expect(await skipping([limit], () => true)).toMatchObject([{ key: 'list lost' }]);
  });

  it('holds a page against the size that was asked for', () => {
    expect(only({ longestPage: 10, limit: 10 }).status).toBe('passed');
    expect(only({ longestPage: 11, limit: 10 }).findings).toMatchObject([
      { title: 'listTodos brought a page of 11 items although 10 were asked for' },
    ]);
  });

  it('does not mind another order, things of others in between, or items without an id', () => {
    expect(only({ seen: walk.seen.toReversed() }).status).toBe('passed');
    expect(only({ seen: ['a', ...walk.seen, 'b'] }).status).toBe('passed');
    expect(only({ seen: ['{"name":"x"}'], expected: [] }).status).toBe('passed');
  });

  it('takes a walk that did not end for no proof of a loss', () => {
    expect(only({ outcome: 'cap', seen: walk.seen.slice(0, 3) })).toMatchObject({ status: 'undecided' });
    expect(only({ outcome: 'broken', seen: [] })).toMatchObject({ status: 'undecided' });
    expect(only({ outcome: 'cap', seen: ['1', '1'] }).findings).toMatchObject([{ key: 'listTodos twice' }]);
  });

  it('is undecided when no list could be walked', () => {
    expect(judged(check, { walks: [], trouble: null }).status).toBe('undecided');
    expect(judged(check, { walks: [], trouble: 'nothing could be created' }).reason).toBe('nothing could be created');
  });
});
