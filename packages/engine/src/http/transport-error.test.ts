import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpClient } from './client.ts';
import { clientFor, closeAll, get, listen, misbehaving } from './test-server.ts';

afterEach(closeAll);

describe('errors of transport', () => {
  const kindOf = async (answer: (socket: Socket, request: string, nth: number) => void, more = {}) =>
    (await (await misbehaving(answer, more)).send(get(), { timeoutMs: 3000 })).error?.kind;

  it('refused: nothing listens', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    expect((await clientFor(port).send(get())).error).toMatchObject({ kind: 'refused' });
  });

  it('reset: closed before or in the middle of a response', async () => {
    expect(await kindOf((socket) => socket.end())).toBe('reset');
    expect(await kindOf((socket) => socket.resetAndDestroy())).toBe('reset');
    expect(await kindOf((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-'))).toBe('reset');
    expect(await kindOf((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'))).toBe('reset');
    expect(
      await kindOf((socket) => socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 10\r\n\r\nhalf')),
    ).toBe('reset');
    expect(await kindOf((socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel'))).toBe(
      'reset',
    );
    expect(
      await kindOf((socket) =>
        socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'),
      ),
    ).toBe('reset');
  });

  it('says how much came of what was promised', async () => {
    const client = await misbehaving((socket) => socket.end('HTTP/1.1 201 OK\r\nContent-Length: 10\r\n\r\nhalf'));
    expect((await client.send(get())).error?.message).toBe(
      'The connection was closed in the middle of the response (status 201), after 4 of the 10 bytes of its body.',
    );
  });

  it('protocol: what came is not HTTP, or its framing is wrong', async () => {
    expect(await kindOf((socket) => socket.end('hello, I am a telnet server\r\n'))).toBe('protocol');
    expect(await kindOf((socket) => socket.end(Buffer.from([0x15, 3, 1, 0, 2, 2, 70])))).toBe('protocol');
    expect(await kindOf((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n'))).toBe('protocol');
    expect(
      await kindOf((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab')),
    ).toBe('protocol');
    expect(await kindOf((socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'))).toBe(
      'protocol',
    );
    expect(await kindOf((socket) => socket.end('HTTP/1.1 200 OK\r\nBad Name: 1\r\n\r\n'))).toBe('protocol');
    expect(
      await kindOf((socket) =>
        socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
      ),
    ).toBe('protocol');
    expect(await kindOf((socket) => socket.write(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`))).toBe(
      'protocol',
    );
  });

  it('overlong: more came than the response had said', async () => {
    const errorOf = async (answer: string) =>
      (await (await misbehaving((socket) => socket.end(answer))).send(get())).error;
    expect(await errorOf('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nmore than two')).toEqual({
      kind: 'overlong',
      message:
        'The response (status 200) is longer than its Content-Length: it said 2 bytes, and more came after them.',
    });
    expect(await errorOf('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\nmore')).toEqual({
      kind: 'overlong',
      message: 'More came than the response (status 200) announced: its length is wrong.',
    });
  });

  it('too-large: the body does not end', async () => {
    const endless = (socket: Socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const pour = () => {
        while (!socket.destroyed && socket.write(Buffer.alloc(65_536, 'x')));
      };
      socket.on('drain', pour);
      pour();
    };
    expect(await kindOf(endless, { limits: { readBytes: 1_000_000, keepBytes: 1000 } })).toBe('too-large');
  });

  it('timeout: no response, a slow one, a connection that never opens', async () => {
    const silent = await misbehaving(() => undefined);
    expect((await silent.send(get(), { timeoutMs: 50 })).error?.kind).toBe('timeout');
    const partial = await misbehaving((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'));
    expect((await partial.send(get(), { timeoutMs: 50 })).error?.kind).toBe('timeout');
    const never = createHttpClient({
      connect: () => new Promise(() => undefined),
      authority: 'x',
      now: () => 0,
      nextId: () => 'e-1',
      label: () => ({ check: 'c', instance: 'i' }),
    });
    expect((await never.send(get(), { timeoutMs: 50 })).error?.kind).toBe('timeout');
  });

  it('aborted: by the signal, before and during, and by close', async () => {
    const client = await misbehaving(() => undefined);
    expect((await client.send(get(), { signal: AbortSignal.abort() })).error?.kind).toBe('aborted');
    const controller = new AbortController();
    const waiting = client.send(get(), { signal: controller.signal });
    const other = client.send(get());
    controller.abort();
    expect((await waiting).error?.kind).toBe('aborted');
    await client.close();
    expect((await other).error?.kind).toBe('aborted');
  });

  it('goes on with a new connection after every error', async () => {
    const client = await misbehaving((socket, _request, nth) => {
      if (nth % 2 === 1) socket.end('garbage\r\n\r\n');
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    });
    const kinds: unknown[] = [];
    for (let n = 0; n < 4; n += 1) kinds.push((await client.send(get())).error?.kind ?? 'ok');
    expect(kinds).toEqual(['protocol', 'ok', 'protocol', 'ok']);
  });
});
