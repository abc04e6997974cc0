import { describe, expect, it } from 'vitest';
import { rawRequest, rawStatuses, readRawResponse } from './raw-http.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('rawRequest', () => {
  it('writes a request that a server understands', () => {
    const request = { method: 'POST', target: '/todos', headers: [['accept', '*/*']] as const, body: '{"title":"é"}' };
    expect(Buffer.from(rawRequest(request, '127.0.0.1:8000')).toString('utf8')).toBe(
      'POST /todos HTTP/1.1\r\nhost: 127.0.0.1:8000\r\nconnection: close\r\naccept: */*\r\ncontent-length: 14\r\n\r\n{"title":"é"}',
    );
  });

  it('keeps a Host of its own, and gives no length where there is no body', () => {
    expect(
      Buffer.from(rawRequest({ method: 'HEAD', target: '/', headers: [['Host', 'a']] }, '127.0.0.1:8000')).toString(),
    ).toBe('HEAD / HTTP/1.1\r\nconnection: close\r\nHost: a\r\n\r\n');
  });
});

describe('readRawResponse', () => {
  it('reads status, header fields and content', () => {
    const response = readRawResponse(bytes('HTTP/1.1 200 OK\r\nETag: "1"\r\nX-Url: a:b\r\n\r\nhello'));
    expect(response).toMatchObject({ status: 200, bodyBytes: 5 });
    expect(response?.headers).toEqual([
      ['ETag', '"1"'],
      ['X-Url', 'a:b'],
    ]);
    expect(Buffer.from(response?.content ?? []).toString()).toBe('hello');
  });

  it('passes over interim responses', () => {
    const interim = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n';
    expect(readRawResponse(bytes(`${interim}HTTP/1.0 204 No Content\r\n\r\n`))).toMatchObject({
      status: 204,
      bodyBytes: 0,
    });
    expect(readRawResponse(bytes(interim))).toBeNull();
  });

  it('takes chunked framing off, and what is left of it when the connection ended early', () => {
    const chunked = (rest: string): string =>
      Buffer.from(
        readRawResponse(bytes(`HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n${rest}`))?.content ?? [],
      ).toString();
    expect(chunked('4\r\nwiki\r\nA;name=value\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n')).toBe('wiki0123456789');
    expect(chunked('4\r\nwi')).toBe('wi');
    expect(chunked('zz\r\nwiki\r\n0\r\n\r\n')).toBe('');
  });

  it('keeps bytes as they are', () => {
    const response = readRawResponse(
      Buffer.concat([bytes('HTTP/1.1 200 OK\r\n\r\n'), Uint8Array.of(0xff, 0, 0xc3, 0xa4)]),
    );
    expect([...(response?.content ?? [])]).toEqual([0xff, 0, 0xc3, 0xa4]);
  });

  it.each([
    '',
    'hello there\r\n\r\n',
    'HTTP/1.1 200 OK\r\nETag: "1"\r\n',
    'HTTP/2 200\r\n\r\n',
    'HTTP/1.1 abc\r\n\r\n',
  ])('says of %j that it is no response', (text) => {
    expect(readRawResponse(bytes(text))).toBeNull();
  });
});

describe('rawStatuses', () => {
  it.each([
    ['HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\nno', [400]],
    [
      'HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\nHTTP/1.1 200 OKHTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n',
      [200, 404],
    ],
    [
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\nHTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}',
      [200, 204, 200],
    ],
    ['HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nHTTP/1.1 200 OK\r\n\r\n', [200]],
    ['HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhel', [200]],
    ['no HTTP', []],
  ])('in %j', (text, statuses) => {
    expect(rawStatuses(Buffer.from(text, 'latin1'))).toEqual(statuses);
  });
});
