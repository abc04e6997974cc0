import { expect, test } from 'vitest';
import { storable } from './storable.ts';

test('what PostgreSQL cannot hold is replaced, in values and in names', () => {
  const half = 'half \ud83d pair';
  const stored = storable({ text: half, list: ['a\0b'], [half]: { 'c\0d': 1 }, none: null, at: new Date(0) });
  expect(JSON.parse(stored)).toEqual({
    text: 'half \ufffd pair',
    list: ['a\u2400b'],
    'half \ufffd pair': { 'c\u2400d': 1 },
    none: null,
    at: '1970-01-01T00:00:00.000Z',
  });
});
