import { expect, test } from 'vitest';
import { parsed, slipIn } from './typed-answer.ts';

const options = { form: 'options', options: ['w', 'x', 'y'], several: true } as const;
const one = { ...options, several: false };
const order = { form: 'order', items: ['w', 'x', 'y'] } as const;
const line = { form: 'line', file: 'a.js', code: 'a\nb\n', firstLine: 10 } as const;
const files = { form: 'files', files: { 'a.js': '' }, checks: [] } as const;
const number = { form: 'evidence', prompt: '', exhibit: '', options: null } as const;

test('letters together or apart, and numbers, are the same', () => {
  for (const text of ['a c', 'ac', 'A,C', '1 3']) expect(parsed(options, text)).toEqual([1, 3]);
  expect(parsed({ ...number, options: ['p', 'q'] }, 'b')).toBe(2);
});

test.each([
  [options, 'd', 'Letters from a to c, such as a c.'],
  [options, '?', 'Letters from a to c, such as a c.'],
  [one, 'a b', 'One letter, from a to c.'],
  [order, '1 2', 'All 3 numbers, each once, from the first to the last.'],
  [order, '1 2 2', 'All 3 numbers, each once, from the first to the last.'],
  [line, '9', 'The number of a line, from 10 to 11, or none.'],
  [line, 'the second', 'The number of a line, from 10 to 11, or none.'],
  [number, 'many', 'A whole number.'],
  [
    files,
    'done',
    'Write :edit to mend the files in your editor, or @folder with the folder in which you have mended them.',
  ],
])('a slip is no answer: %j, %s', (shown, text, said) => {
  expect(slipIn(shown, text)).toBe(said);
});

test('a wrong answer is an answer', () => {
  for (const [shown, text] of [
    [options, 'b'],
    [one, 'c'],
    [order, '3 2 1'],
    [line, '11'],
    [line, 'none'],
    [number, '7'],
    [{ form: 'text' }, '?'],
  ] as const)
    expect(slipIn(shown, text)).toBeNull();
});
