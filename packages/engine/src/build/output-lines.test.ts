import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineSplitter } from './output-lines.ts';

function linesOf(chunks: readonly (string | Uint8Array)[], maxLength?: number): readonly string[] {
  const lines: string[] = [];
  const splitter = lineSplitter((line) => lines.push(line), maxLength);
  for (const chunk of chunks) splitter.write(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  splitter.end();
  return lines;
}

describe('lineSplitter', () => {
  test('splits at every kind of line end, and keeps an unfinished last line', () => {
    expect(linesOf(['a\nb\r\nc\rd'])).toEqual(['a', 'b', 'c', 'd']);
    expect(linesOf(['a\r', '\nb\n', '\n'])).toEqual(['a', 'b', '']);
    expect(linesOf([])).toEqual([]);
  });

  test('shows control characters, drops colours, keeps tabs', () => {
    expect(linesOf(['\u001b[31mred\u001b[0m\ta\u0007\u001b[2Jb\u202e\u007f\n'])).toEqual(['red\ta␇␛[2Jb\\u202e␡']);
  });

  test('bears invalid UTF-8 and characters cut in two by a chunk', () => {
    expect(linesOf([Buffer.from([0x61, 0xff, 0x62, 0x0a])])).toEqual(['a\ufffdb']);
    expect(linesOf([Buffer.from([0xe2, 0x82]), Buffer.from([0xac, 0x0a])])).toEqual(['€']);
    expect(linesOf([Buffer.from([0x61, 0xe2, 0x82])])).toEqual(['a\ufffd']);
  });

  test('bounds a line, however it comes', () => {
    expect(linesOf(['x'.repeat(10), 'x'.repeat(2000), '\nshort\n'], 8)).toEqual([
      'xxxxxxxx … (2,002 more characters)',
      'short',
    ]);
    expect(linesOf(['abc😀'], 4)[0]).toMatch(/^abc\ufffd … \(1 more/);
  });

  test('gives the same lines whatever the chunks are', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '€', '😀', '\u001b', ' ') });
    fc.assert(
      fc.property(text, fc.array(fc.nat(20), { maxLength: 6 }), (whole, cuts) => {
        const bytes = Buffer.from(whole);
        const chunks: Uint8Array[] = [];
        let at = 0;
        for (const cut of cuts) {
          chunks.push(bytes.subarray(at, at + cut));
          at += cut;
        }
        chunks.push(bytes.subarray(at));
        expect(linesOf(chunks)).toEqual(linesOf([bytes]));
      }),
    );
  });
});
