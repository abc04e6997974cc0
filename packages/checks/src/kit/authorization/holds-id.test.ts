import type { Json, Resource } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { holdsId, holdsItem } from './holds-id.ts';

const uuid = '6f1d7c1e-4f8b-4b0e-9a55-0d3f6a1c2b3d';

describe('holdsId', () => {
  it.each<[Json, unknown]>([
    [3, [{ id: 3 }]],
    ['3', { data: [{ id: 3 }] }],
    [3, [{ orderNo: 3 }]],
    [uuid, [{ note: { ref: uuid } }]],
    [5, { items: [5, 7] }],
    [1, { items: [{ orderNo: 1 }], total: 1 }],
  ])('finds %j in %j', (id, list) => {
    expect(holdsId(list, id)).toBe(true);
  });

  it.each<[Json, unknown]>([
    [3, [{ id: 2, createdAt: '2026-05-03', amount: 3 }]],
    [3, { total: 3, items: [{ id: 13, user: { id: 3 } }] }],
    [3, []],
    [1, { data: [], page: 1, total: 0 }],
  ])('takes no other number for the id: %j in %j', (id, list) => {
    expect(holdsId(list, id)).toBe(false);
  });
});

describe('holdsItem', () => {
  const orders = { idPointer: '/orderNo', idParameter: 'orderNo' } as unknown as Resource;

  it('looks for the id where things of this kind have theirs', () => {
    expect(holdsItem(orders, [{ orderNo: 3, id: 9 }], '3')).toBe(true);
    expect(holdsItem(orders, [{ orderNo: 9, id: 3 }], 3)).toBe(false);
  });

  it('looks at an item that has none there as at any other', () => {
    expect(holdsItem(orders, [{ id: 3 }], 3)).toBe(true);
    expect(holdsItem(orders, [{ orderNo: 9, link: uuid }], uuid)).toBe(true);
  });
});
