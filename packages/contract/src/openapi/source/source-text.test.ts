import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SourceText } from './source-text.ts';

test('a position leads back to its offset', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r\n', 'ö') }), fc.nat(), (text, at) => {
      const offset = text.length === 0 ? 0 : at % text.length;
      const { line, column } = new SourceText('a', text).position(offset);
      const lines = text.split('\n');
      expect(lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1).toBe(offset);
    }),
  );
});

test('an excerpt shows the line with a caret, and no control characters', () => {
  expect(new SourceText('a', 'one\r\n\ttwo\u001b[31m\r\nthree').excerpt(6)).toBe('  2 |  two·[31m\n    |  ^');
});

test('of a long line only the part around the place is shown', () => {
  const text = new SourceText('a', `${'x'.repeat(5000)}Y${'z'.repeat(5000)}`);
  const [line = '', caret = ''] = text.excerpt(5000).split('\n');
  expect(line.length).toBeLessThan(120);
  expect(line[caret.indexOf('^')]).toBe('Y');
});
