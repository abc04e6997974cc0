import type { Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { isOpenToReaders } from './open-to-readers.ts';

const silent = { summary: '', description: '' };
const made = { body: { id: 'p' }, sent: { title: 'Mine' } };

it.each<[Json, boolean]>([
  [{ id: 'p', visibility: 'public' }, true],
  [{ id: 'p', privacy: 'unlisted' }, true],
  [{ data: { id: 'p', isPublic: true } }, true],
  [{ id: 'p', private: false }, true],
  [{ id: 'p', visibility: 'private' }, false],
  [{ id: 'p', is_public: false }, false],
  [{ id: 'p', visibility: 'public', status: 'draft' }, false],
  [{ id: 'p', category: 'public' }, false],
  [{ id: 'p', owner: { id: 'o', public: true } }, false],
])('takes what its owner reads, %j, for open to readers: %s', (read, expected) => {
  expect(isOpenToReaders([silent], made, read)).toBe(expected);
});

it('takes the word of how it was made where what is read says nothing', () => {
  expect(isOpenToReaders([silent], { ...made, sent: { public: true } }, { id: 'p' })).toBe(true);
  expect(isOpenToReaders([silent], { ...made, sent: { public: true } }, { id: 'p', public: false })).toBe(false);
});

it.each<[string, boolean]>([
  ['Read a poll. Any signed-in user may read it by its id.', true],
  ['Anyone with the link can view it.', true],
  ['Get a public playlist', true],
  ['Read one’s own poll. It is not public.', false],
  ['Nobody but its owner: anybody else is told that it is not there', false],
  ['Anyone in the team may read it', false],
  ['Read an order by its public id', false],
  ['Read an order through the public API', false],
  ['A public-facing endpoint for orders', false],
  ['Read an order', false],
])('takes %j for open: %s, unless the thing says that it is closed', (description, expected) => {
  expect(isOpenToReaders([{ ...silent, description }], made, { id: 'p' })).toBe(expected);
  expect(isOpenToReaders([{ ...silent, description }], made, { id: 'p', visibility: 'private' })).toBe(false);
});
