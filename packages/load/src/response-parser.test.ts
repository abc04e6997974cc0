import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ResponseParser } from './response-parser.ts';

function parse(pieces: readonly string[], method = 'GET') {
  const parser = new ResponseParser();
  parser.expect(method);
  for (const [index, piece] of pieces.entries()) {
    const result = parser.feed(Buffer.from(piece, 'latin1'));
    if (result !== 'more') return index === pieces.length - 1 ? { result, parser } : { result: 'too early', parser };
  }
  return { result: 'more', parser };
}

/** What a whole response gives, however it is cut. */
function whole(text: string, method?: string) {
  const { result, parser } = parse([text], method);
  return result === 'done'
    ? { status: parser.status, body: parser.body().toString('latin1'), keepAlive: parser.keepAlive }
    : result;
}

const good: readonly (readonly [name: string, text: string, method: string, body: string, keepAlive: boolean])[] = [
  ['a length', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 'GET', 'hello', true],
  ['no reason', 'HTTP/1.1 404\r\ncontent-LENGTH:0\r\n\r\n', 'GET', '', true],
  ['close announced', 'HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 1\r\n\r\nx', 'GET', 'x', false],
  ['an older version', 'HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx', 'GET', 'x', false],
  ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n', 'HEAD', '', true],
  ['204', 'HTTP/1.1 204 No Content\r\n\r\n', 'DELETE', '', true],
  ['304', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n', 'GET', '', true],
  [
    'an interim one',
    'HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi',
    'GET',
    'hi',
    true,
  ],
  [
    'chunks',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA;x=1\r\n, world!!!\r\n0\r\nTrailer: 1\r\n\r\n',
    'GET',
    'hello, world!!!',
    true,
  ],
];

describe('ResponseParser', () => {
  it.each(good)('reads %s, in one piece and however it is cut', (_name, text, method, body, keepAlive) => {
    expect(whole(text, method)).toMatchObject({ body, keepAlive });
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 6 }), (cuts) => {
        const places = [...new Set([0, ...cuts, text.length])].sort((a, b) => a - b);
        const pieces = places.slice(1).map((end, index) => text.slice(places[index], end));
        const { result, parser } = parse(pieces, method);
        expect(result).toBe('done');
        expect(parser.body().toString('latin1')).toBe(body);
        expect(parser.bodyEquals(Buffer.from(body, 'latin1'))).toBe(true);
        expect(parser.bodyEquals(Buffer.from(`${body}!`, 'latin1'))).toBe(false);
      }),
    );
  });

  it('reads a body that ends with the connection', () => {
    const { result, parser } = parse(['HTTP/1.1 200 OK\r\n\r\nhel', 'lo']);
    expect(result).toBe('more');
    expect(parser.end()).toBe('done');
    expect(parser.body().toString()).toBe('hello');
    expect(parser.keepAlive).toBe(false);
  });

  it('says that a response broke off', () => {
    const { parser } = parse(['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel']);
    expect(parser.end()).toMatchObject({ wrong: expect.stringContaining('in the middle') });
  });

  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
    ['no status', 'HTTP/1.1 abc Oh\r\n\r\n'],
    ['a bare LF', 'HTTP/1.1 200 OK\nContent-Length: 0\n\n'],
    ['a line without a colon', 'HTTP/1.1 200 OK\r\nnonsense\r\n\r\n'],
    ['a length that is no number', 'HTTP/1.1 200 OK\r\nContent-Length: 0x5\r\n\r\nhello'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!'],
    ['a length and chunks', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['another coding', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
    ['a body that is too long', 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhello'],
    ['a body where there is none', 'HTTP/1.1 204 No Content\r\n\r\nhello'],
    ['a chunk that is too long', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n'],
    ['a chunk without a size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nhello\r\n0\r\n\r\n'],
    ['a switch of protocols', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
    ['a head without end', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(70_000)}`],
  ])('refuses %s', (_name, text) => {
    expect(whole(text)).toHaveProperty('wrong');
  });

  const mebibyte = 'x'.repeat(1024 * 1024);
  const chunk = `100000\r\n${mebibyte}\r\n`;
  it.each([
    ['says that it is', ['HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n']],
    ['has no end', ['HTTP/1.1 200 OK\r\n\r\n', ...Array.from({ length: 9 }, () => mebibyte)]],
    [
      'comes in chunks',
      ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', ...Array.from({ length: 9 }, () => chunk)],
    ],
  ])('refuses a body of more than 8 MiB that %s', (_name, pieces) => {
    expect(parse(pieces).result).toEqual({ wrong: 'its body is longer than 8 MiB' });
  });

  it('keeps many small chunks as one', () => {
    const { result, parser } = parse([
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n',
      `${'1\r\nx\r\n'.repeat(40_000)}0\r\n\r\n`,
    ]);
    expect(result).toBe('done');
    expect(parser.body().toString('latin1')).toBe('x'.repeat(40_000));
  });
});
