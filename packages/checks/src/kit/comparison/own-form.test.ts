import { expect, it } from 'vitest';
import { hasOwnForm, isBroughtIntoForm } from './own-form.ts';

it.each([
  ['slug', 'distant ink', 'distant-ink', true],
  ['slug', "R&D's", 'r-and-ds', true],
  ['slug', 'distant ink', 'distant', false],
  ['pageSlug', 'Öl', 'oel', true],
  ['title', 'distant ink', 'distant-ink', false],
  ['slugline', 'distant ink', 'distant-ink', false],
  ['fileName', 'a/b: c?.txt', 'a_b_ c_.txt', true],
  ['original_filename', 'my notes.txt', 'my_notes.txt', true],
  ['filename', 'notes.txt', 'notes', false],
  ['bodyHtml', 'a & b <b>c', 'a &amp; b <b>c</b>', true],
  ['bodyHtml', 'winter', 'wint', false],
  ['bodyHtml', 'a & b', '', false],
])('%s: %s as %s is in form: %s', (name, sent, back, expected) => {
  expect(isBroughtIntoForm(name, sent, back)).toBe(expected);
});

it('is told by the name', () => {
  expect(['slug', 'fileName', 'original_name', 'html_body', 'userHandle'].every(hasOwnForm)).toBe(true);
  expect(['title', 'name', 'handler', 'notes', 'file'].some(hasOwnForm)).toBe(false);
});
