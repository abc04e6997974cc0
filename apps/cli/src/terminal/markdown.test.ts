import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { markdownText } from './markdown.ts';

/** A stream that is no terminal. */
const plain = new PassThrough() as unknown as NodeJS.WriteStream;

it('drops comments and the signs of headings, and keeps code as it is', () => {
  expect(
    markdownText(
      '<!-- generated: head -->\n# a/b\n\n**It holds.**\n\n<!-- end -->\n\n## Why\n\n```js\nconst a = 1;\n\nlet b;\n```\n',
      plain,
    ),
  ).toBe('a/b\n\nIt holds.\n\nWhy\n\n  const a = 1;\n\n  let b;\n');
});

it('joins the lines of a paragraph and breaks them anew', () => {
  const text = markdownText(`${'word '.repeat(30)}\nlast`, plain);
  expect(text.split('\n').every((line) => line.length <= 100)).toBe(true);
  expect(text.replaceAll('\n', ' ').trim()).toBe(`${'word '.repeat(30)}last`);
});

it('shows the addresses of links that lead out, and the words of those that do not', () => {
  expect(markdownText('See [RFC 9110](https://example.org/rfc) and [the other](../other.md).', plain)).toBe(
    'See RFC 9110 <https://example.org/rfc> and the other.\n',
  );
});

it('aligns the lines of a list item', () => {
  expect(markdownText('- one\n  goes on\n- `two`\n\n1. first\n2. second', plain)).toBe(
    '• one goes on\n• `two`\n\n1. first\n2. second\n',
  );
});
