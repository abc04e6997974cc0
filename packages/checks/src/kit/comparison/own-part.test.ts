import { describe, expect, test } from 'vitest';
import { ownPart } from './own-part.ts';

describe('the part of a body that is the thing itself', () => {
  test('leaves out things of another resource, which are pointed at', () => {
    const sent = { name: 'Ada', specialties: [{ name: 'oak' }], address: { street: 'oak' } };
    const back = { id: 1, name: 'Ada', specialties: [], address: { street: 'oak' } };
    expect(ownPart(sent, back, ['vets', 'api/specialties'])).toEqual({ name: 'Ada', address: { street: 'oak' } });
  });

  test('keeps the id of what is pointed at, and not what else was said of it', () => {
    const sent = { name: 'Rex', type: { id: 3, name: 'oak' } };
    expect(ownPart(sent, { name: 'Rex', type: { id: 3, name: 'cat' } }, [])).toEqual({ name: 'Rex', type: { id: 3 } });
  });

  test('keeps parts that are made with the thing, in lists too', () => {
    const sent = { lines: [{ sku: 'a', quantity: 2 }], tags: ['x'], meta: { id: 'a', note: 'n' } };
    expect(ownPart(sent, { ...sent, meta: { id: 'b', note: 'm' } }, ['products'])).toEqual(sent);
  });

  test('keeps the names of others that are texts', () => {
    expect(ownPart({ tags: ['a', 'b'] }, { tags: ['a'] }, ['tags'])).toEqual({ tags: ['a', 'b'] });
  });

  test('keeps the whole of a thing whose own id was sent', () => {
    expect(ownPart({ id: 'a', name: 'n' }, { id: 'a', name: 'm' }, [])).toEqual({ id: 'a', name: 'n' });
  });
});
