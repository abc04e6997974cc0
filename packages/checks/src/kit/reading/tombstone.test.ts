import { describe, expect, it } from 'vitest';
import { isTombstone } from './tombstone.ts';

describe('isTombstone', () => {
  it.each([
    [{ status: 'open' }, { status: 'cancelled' }],
    [{ deleted_at: null }, { deleted_at: '2026-01-01T00:00:00Z' }],
    [{ is_active: true }, { is_active: false }],
    [{ trashed: false }, { trashed: true }],
    [{ id: 1 }, { id: 1, cancelled_at: '2026-01-01T00:00:00Z' }],
    [{ data: { id: 1, deleted_at: null } }, { data: { id: 1, deleted_at: '2026-01-01T00:00:00Z' } }],
    [
      { id: 1, lifecycle: { state: 'live' } },
      { id: 1, lifecycle: { state: 'gone' } },
    ],
    [undefined, { id: 1, status: 'deleted' }],
    [undefined, { id: 1, active: false }],
  ])('%j became %j', (before, after) => {
    expect(isTombstone(before, after)).toBe(true);
  });

  it.each([
    [{ status: 'open' }, { status: 'open' }],
    [{ state: 'CA' }, { state: 'CA' }],
    [{ deletedAt: null }, { deletedAt: null }],
    [{ title: 'a' }, { title: 'b' }],
    [{ title: 'a' }, { title: 'a', status: 'open', archived: false }],
    [undefined, { id: 1, status: 'open', active: true }],
    [{ lastActivityAt: 1 }, { lastActivityAt: 2 }],
    [{ items: [{ status: 'a' }] }, { items: [{ status: 'b' }] }],
  ])('%j is there as %j', (before, after) => {
    expect(isTombstone(before, after)).toBe(false);
  });
});
