import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { exchangeOf, todo } from '../testing/recordings-for-tests.ts';
import { contextOf, scripted } from '../testing/scripted-for-tests.ts';
import { shorterLists } from './shorter-lists.ts';

describe('shorterLists', () => {
  const list = (
    ids: readonly number[],
    more: Readonly<Record<string, Json>> = {},
    headers: Record<string, string> = {},
  ) => ({
    ...exchangeOf('GET /todos', 200, {
      body: { items: ids.map((id) => ({ id, title: 'x' })), next: null, ...more },
      headers,
    }),
    operation: 'listTodos',
  });
  const made = [7, 8].map((id) => ({
    resource: 'todos',
    id,
    body: undefined,
    sent: undefined,
    exchange: exchangeOf('POST /todos', 201),
  }));
  const told = async (meanwhile: ReturnType<typeof list>, after: readonly number[] = [7, 8]) => {
    const backend = scripted(() => [200, { items: after.map((id) => ({ id, title: 'x' })), next: null }]);
    const requests = [{ method: 'GET', target: '/todos', operation: 'listTodos' }];
    const found = await shorterLists(contextOf(todo, backend), made, requests, [list([7, 8])], [meanwhile]);
    return found.map(({ items }) => items);
  };

  it('finds one that lacked what we made, and has it again', async () => {
    expect(await told(list([]))).toEqual([[2, 0, 2]]);
    expect(await told(list([8]))).toEqual([[2, 1, 2]]);
  });

  it('takes no list for shorter that says so of itself, or may be old', async () => {
    expect(await told(list([], { partial: true }))).toEqual([]);
    expect(await told(list([], {}, { warning: '110 - "Response is Stale"' }))).toEqual([]);
    expect(await told(list([], {}, { 'cache-control': 'max-age=60' }))).toEqual([]);
  });

  it('takes none that is whole, refused, or lacks it afterwards as well', async () => {
    expect(await told(list([7, 8]))).toEqual([]);
    expect(await told({ ...exchangeOf('GET /todos', 503), operation: 'listTodos' })).toEqual([]);
    expect(await told(list([8]), [8])).toEqual([]);
    // Others come and go.
    expect(await told(list([7, 8, 9]), [7, 8])).toEqual([]);
  });
});
