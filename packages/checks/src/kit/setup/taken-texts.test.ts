import type { Json, RequestCase } from '@assay/contract';
import { expect, it } from 'vitest';
import { TakenTexts } from './taken-texts.ts';

const sent = (value: Json): RequestCase => ({
  operation: 'create',
  path: {},
  query: {},
  headers: {},
  cookies: {},
  body: { mediaType: 'application/json', value },
});

it('knows texts again by their place, as a unique column would', () => {
  const taken = new TakenTexts();
  taken.note(sent({ name: 'Ann', tags: ['a'] }));
  expect(taken.has('/name', 'ann ')).toBe(true);
  expect(taken.has('/tags/0', 'a')).toBe(true);
  expect(taken.has('/title', 'Ann')).toBe(false);
  expect(taken.has('/name', 'Anna')).toBe(false);
});

it('has nothing to learn from a request without a JSON body', () => {
  const taken = new TakenTexts();
  const { body: _none, ...bare } = sent(null);
  taken.note(bare);
  taken.note(sent('plain'));
  expect(taken.has('', 'plain')).toBe(false);
});
