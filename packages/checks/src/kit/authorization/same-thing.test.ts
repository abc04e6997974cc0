import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { saysSomething, tellsOf } from './same-thing.ts';

const thing = { id: 3, sent: { text: 'for me alone' } };
const note = { id: 3, text: 'for me alone', done: false };
const tells = (got: Json, was: Json, elsewhere: readonly Json[] = []) => tellsOf(got, was, thing, elsewhere);

describe('tellsOf', () => {
  it.each<[Json, Json]>([
    [
      { success: true, data: null },
      { success: true, data: note },
    ],
    [
      { status: 'success', data: {} },
      { status: 'success', data: note },
    ],
    [
      { success: true, data: { note: null }, version: 1 },
      { success: true, data: { note }, version: 1 },
    ],
    [
      { success: true, data: { items: [] } },
      { success: true, data: { items: [] } },
    ],
    [{ success: true }, { success: true }],
    [
      { items: [], total: 1 },
      { items: [note], total: 1 },
    ],
    [
      { items: [{ id: 8 }], total: 1, next: null },
      { items: [note], total: 1, next: null },
    ],
  ])('takes %j for nothing told', (got, was) => {
    expect(tells(got, was, [{ success: true }])).toBe(false);
  });

  it.each<[Json, Json]>([
    [note, note],
    [
      { success: true, data: note },
      { success: true, data: note },
    ],
    [
      { ...note, mine: false },
      { ...note, mine: true },
    ],
    [{ data: { ...note, mine: false } }, { data: { ...note, mine: true } }],
    [{ text: 'for me alone' }, { text: 'for me alone' }],
    [[{ id: 8, noteId: 3 }], [{ id: 8, noteId: 3 }]],
  ])('takes %j for the thing', (got, was) => {
    expect(tells(got, was)).toBe(true);
  });

  it('takes a thing of one’s own for none of another’s', () => {
    expect(tells({ ...note, id: 4 }, note)).toBe(false);
  });

  it('takes what has neither id nor text for the thing where no other is told the same', () => {
    const list = [{ id: 3, name: 'open' }];
    expect(tells(list, list)).toBe(false);
    expect(tells(list, list, [list])).toBe(false);
    expect(tells(list, list, [[{ id: 5, name: 'open' }]])).toBe(true);
    const stats = { clicks: 0, since: '2026-05-03T10:00:00.123Z' };
    expect(tells(stats, stats, [{ clicks: 0, since: '2026-05-03T10:00:00.456Z' }])).toBe(true);
    expect(tells({ ...stats, since: 'now' }, stats, [{ clicks: 0, since: 'then' }])).toBe(false);
  });
});

describe('saysSomething', () => {
  it.each<[Json]>([
    [{ id: 0, status: 'open' }],
    [{ data: { id: 4 } }],
    [[1]],
    [{ comment: { text: 'a' }, message: 'ok' }],
  ])('sees what is in %j', (body) => {
    expect(saysSomething(body)).toBe(true);
  });

  it.each<[Json]>([[null], [{}], [{ message: 'ok' }], [{ success: true, data: null }], [{ updated: 0 }], [[]]])(
    'sees nothing in %j',
    (body) => {
      expect(saysSomething(body)).toBe(false);
    },
  );
});
