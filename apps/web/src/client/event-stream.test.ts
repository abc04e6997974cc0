import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { EventStreamParser, type StreamMessage } from './event-stream.ts';

function read(text: string): readonly StreamMessage[] {
  return new EventStreamParser().push(text);
}

it('reads messages with id, event and data', () => {
  expect(read('id: 7\nevent: output\ndata: {"a":1}\n\nid: 8\ndata: b\n\n')).toEqual([
    { id: '7', event: 'output', data: '{"a":1}' },
    { id: '8', event: 'message', data: 'b' },
  ]);
});

it('keeps the last id for messages that have none', () => {
  expect(read('id: 7\ndata: a\n\ndata: b\n\n').map(({ id }) => id)).toEqual(['7', '7']);
});

it('passes over comments, unknown fields, and messages without data', () => {
  expect(read(': beat\n\nretry: 10\nevent: nothing\n\ndata: a\n\n')).toEqual([{ id: '', event: 'message', data: 'a' }]);
});

it('joins several lines of data, and takes one blank after the colon off', () => {
  expect(read('data:  a\ndata:b\ndata\n\n')).toEqual([{ id: '', event: 'message', data: ' a\nb\n' }]);
});

it('gives nothing for a message that has not ended', () => {
  expect(read('data: a\n')).toEqual([]);
});

it('reads the same wherever the pieces end, with any line end', () => {
  const text = '\uFEFFid: 1\nevent: x\ndata: ä1\n\n: beat\n\nid: 2\ndata: b\ndata: c\n\n';
  const whole = read(text);
  expect(whole).toHaveLength(2);
  fc.assert(
    fc.property(
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1 }),
      (end, sizes) => {
        const parser = new EventStreamParser();
        const messages: StreamMessage[] = [];
        // One more line shows that a \r at the end was one.
        let rest = `${text.replaceAll('\n', end)}: end`;
        for (let index = 0; rest !== ''; index++) {
          const size = sizes[index % sizes.length] ?? 1;
          messages.push(...parser.push(rest.slice(0, size)));
          rest = rest.slice(size);
        }
        expect(messages).toEqual(whole);
      },
    ),
  );
});
