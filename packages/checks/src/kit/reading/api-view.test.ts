import { describe, expect, it } from 'vitest';
import { changesBetween } from '../faults/snapshot.ts';
import { effectsBetween, newItemDifferences, type View } from './api-view.ts';

const view = (things: View['things'], lists: View['lists'] = {}): View => ({ things, lists, reads: [] });

describe('what a request changed', () => {
  it('is told by members of things and by the length of lists', () => {
    const before = view({ id: { title: 'a', done: false, updatedAt: 1, version: 1 } }, { listTodos: ['1'] });
    const after = view({ id: { title: 'b', done: false, updatedAt: 2, version: 2 } }, { listTodos: ['1', '2'] });
    expect(effectsBetween(before, after)).toEqual({ 'id /title': 'b', 'items of listTodos': 1 });
  });

  it('is told when a thing is gone', () => {
    expect(effectsBetween(view({ id: { a: 1 } }), view({ id: null }))).toEqual({ id: 'gone' });
  });

  it('tells where a new item is not as sent', () => {
    const [before, after] = [view({}, { l: [] }), view({}, { l: [JSON.stringify({ title: 'a', tags: [] })] })];
    expect(newItemDifferences(before, after, { title: 'a', tags: ['x'] })).toEqual(['item of l, /tags']);
  });

  it('is counted by rows in tables', () => {
    const [before, after] = [
      new Map([['t', new Map([['x', 2]])]]),
      new Map([
        [
          't',
          new Map([
            ['x', 1],
            ['y', 1],
          ]),
        ],
      ]),
    ];
    expect(changesBetween(before, after)).toEqual({ t: { added: 1, removed: 1 } });
    expect(changesBetween(after, after)).toEqual({});
  });
});
