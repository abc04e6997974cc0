import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { answering, firstOf, judged, recorded } from '../kit/recordings-for-tests.ts';
import { check } from './update-is-visible.ts';

describe(check.id, () => {
  const failing = recorded(check, 'fail');
  const update = firstOf(failing.suspects);
  const patched = (sent: Json, before: Json, after: Json) =>
    judged(check, {
      ...failing,
      suspects: [
        {
          ...update,
          operation: 'patchTodo',
          partial: true,
          sent,
          before: answering(update.before, 200, { body: before }),
          after: answering(update.after, 200, { body: after }),
        },
      ],
    });

  it('passes a backend whose updates are what is read', () => {
    expect(judged(check, recorded(check, 'pass'))).toMatchObject({
      status: 'passed',
      reason: '12 updates made and read',
    });
  });

  it('tells of what was acknowledged and not written', () => {
    expect(judged(check, failing).findings).toEqual([
      {
        severity: 'high',
        key: 'replaceTodo /dueAt not written',
        title: 'PUT /todos/12 succeeded with null at /dueAt, and the next read shows "2028-02-04T05:58:45.000Z"',
      },
      {
        severity: 'high',
        key: 'patchTodo /notes not written',
        title: 'PATCH /todos/23 succeeded with null at /notes, and the next read shows "distant ink 6394"',
      },
    ]);
  });

  it('tells of what a partial update changed without naming it', () => {
    expect(patched({ done: true }, { done: false, notes: 'tea' }, { done: true, notes: null }).findings).toMatchObject([
      { key: 'patchTodo /notes not kept' },
    ]);
  });

  it('tells of a thing that is gone after its update', () => {
    const suspects = [{ ...update, after: answering(update.after, 404) }];
    expect(judged(check, { ...failing, suspects }).findings).toMatchObject([{ key: 'replaceTodo gone' }]);
  });

  it('does not mind an id in the body that is not the address', () => {
    const answer = { id: 7, done: true };
    expect(patched({ id: 9, done: true }, { id: 7, done: false }, answer).status).toBe('passed');
  });

  it('does not mind an amount that was added to what there was, but one that was not written', () => {
    expect(patched({ price: '70' }, { price: '819.97' }, { price: '889.97' }).status).toBe('passed');
    expect(patched({ stock: 0 }, { stock: 3 }, { stock: 3 }).findings).toMatchObject([
      { key: 'patchTodo /stock not written' },
    ]);
  });

  it('does not mind time stamps and versions that move, sets in another order, and members that are not shown', () => {
    const before = { tags: ['a', 'b'], updatedAt: '2026-01-01T00:00:00Z', version: 1, done: false };
    const after = { tags: ['b', 'a'], updatedAt: '2026-02-01T00:00:00Z', version: 2, done: true };
    expect(patched({ done: true, secret: 'x' }, before, after).status).toBe('passed');
  });

  it('is undecided when no update was accepted', () => {
    expect(judged(check, { made: 0, suspects: [], trouble: null })).toMatchObject({
      status: 'undecided',
      reason: 'no update was accepted',
    });
  });
});
