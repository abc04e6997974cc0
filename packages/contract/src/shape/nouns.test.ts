import { expect, test } from 'vitest';
import { isPlural, isSameNoun, wordsOf } from './nouns.ts';

test.each([
  ['todo', 'todos'],
  ['category', 'categories'],
  ['box', 'boxes'],
  ['person', 'people'],
  ['status', 'statuses'],
  ['house', 'houses'],
  ['address', 'addresses'],
  ['child', 'children'],
  ['movie', 'movies'],
  ['hero', 'heroes'],
  ['leaf', 'leaves'],
  ['key', 'keys'],
  ['series', 'series'],
  ['lineItem', 'line-items'],
  ['line_item', 'LineItems'],
])('%s and %s', (a, b) => {
  expect(isSameNoun(a, b)).toBe(true);
  expect(isSameNoun(b, a)).toBe(true);
});

test.each([
  ['todo', 'todo-list'],
  ['account', 'counts'],
  ['user', 'order'],
  ['item', 'lineItem'],
])('%s and %s are two', (a, b) => {
  expect(isSameNoun(a, b)).toBe(false);
});

test('words and plurals', () => {
  expect(wordsOf('fromAccountID')).toEqual(['from', 'account', 'id']);
  expect(wordsOf('APIKey')).toEqual(['api', 'key']);
  expect(wordsOf('page[size]')).toEqual(['page', 'size']);
  expect(['todos', 'people', 'categories'].every(isPlural)).toBe(true);
  expect(['status', 'login', 'address', 'analysis'].some(isPlural)).toBe(false);
});
