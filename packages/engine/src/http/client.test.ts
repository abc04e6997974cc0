import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { bodyJson, type Exchange, Fault, headerOf, type RequestSpec } from '@assay/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpClient, type HttpClient } from './client.ts';
import type { Limits } from './attempt.ts';

const cleanups: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

function clientFor(port: number, more: { limits?: Limits; record?: (exchange: Exchange) => void } = {}): HttpClient {
  let id = 0;
  const client = createHttpClient({
    connect: () => connect(port, '127.0.0.1'),
    authority: `127.0.0.1:${port}`,
    now: () => performance.now(),
    nextId: () => `e-${(id += 1)}`,
    label: () => ({ check: 'area/name', instance: 'i-1' }),
    timeoutMs: 5000,
    ...more,
  });
  cleanups.push(() => client.close());
  return client;
}

async function http(listener: RequestListener): Promise<HttpClient> {
  return clientFor(await listen(createHttpServer(listener)));
}

/** A server that answers each arrival of bytes with what `answer` says. */
async function misbehaving(answer: (socket: Socket, request: string, nth: number) => void, more = {}): Promise<HttpClient> {
  let count = 0;
  const server = createServer((socket) => {
    socket.on('data', (data) => answer(socket, data.toString('latin1'), (count += 1)));
  });
  return clientFor(await listen(server), more);
}

const get = (target = '/'): RequestSpec => ({ method: 'GET', target });

describe('what was sent', () => {
  it('puts method, target, headers and body on the wire as given', async () => {
    const seen: string[] = [];
    const client = await misbehaving((socket, request) => {
      seen.push(request);
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    });
    const headers = [
      ['X-Twice', 'a'],
      ['accept', '*/*'],
      ['X-Twice', 'b'],
    ] as const;
    for (const method of ['PROPFIND', 'TRACE', 'QUERY', 'POST', 'BREW']) {
      await client.send({ method, target: '/a/../b/%2e%2E//c?x=%zz&y=[1]#', headers });
    }
    await client.send({ method: 'POST', target: '/', body: 'é€' });
    expect(seen.map((request) => request.split('\r\n')[0])).toEqual([
      'PROPFIND /a/../b/%2e%2E//c?x=%zz&y=[1]# HTTP/1.1',
      'TRACE /a/../b/%2e%2E//c?x=%zz&y=[1]# HTTP/1.1',
      'QUERY /a/../b/%2e%2E//c?x=%zz&y=[1]# HTTP/1.1',
      'POST /a/../b/%2e%2E//c?x=%zz&y=[1]# HTTP/1.1',
      'BREW /a/../b/%2e%2E//c?x=%zz&y=[1]# HTTP/1.1',
      'POST / HTTP/1.1',
    ]);
    expect(seen[0]).toContain('X-Twice: a\r\naccept: */*\r\nX-Twice: b\r\n');
    expect(seen.at(-1)?.toLowerCase()).toContain('content-length: 5\r\n');
  });

  it('refuses what cannot be put on the wire as a fault of our own', async () => {
    const client = await http((_request, response) => response.end());
    for (const spec of [
      { method: 'GET', target: '/', headers: [['X-A', 'a\r\nX-B: b']] },
      { method: 'GET', target: '/', headers: [['X A', 'a']] },
      { method: 'GET', target: '/a b' },
      { method: 'G T', target: '/' },
    ] satisfies RequestSpec[]) {
      const error: unknown = await client.send(spec).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(Fault);
      expect(error).toMatchObject({ code: 'internal' });
    }
  });
});

describe('what came back', () => {
  it('keeps case, order and repetition of header fields, status and reason', async () => {
    const client = await misbehaving((socket) =>
      socket.write('HTTP/1.1 299 Fine Indeed\r\nSet-Cookie: a=1\r\nx-LOWER: 1\r\nSet-Cookie: b=2\r\nContent-Length: 2\r\n\r\nhi'),
    );
    const { response } = await client.send(get());
    expect(response).toEqual({
      status: 299,
      reason: 'Fine Indeed',
      headers: [
        ['Set-Cookie', 'a=1'],
        ['x-LOWER', '1'],
        ['Set-Cookie', 'b=2'],
        ['Content-Length', '2'],
      ],
      body: { text: 'hi' },
    });
  });

  it('records bytes that are not UTF-8 in base64', async () => {
    const client = await http((_request, response) => response.end(Buffer.from([0x66, 0xff, 0xfe])));
    expect((await client.send(get())).response?.body).toEqual({ base64: 'Zv/+' });
  });

  it('reads interim responses, asked for or not, past to the real one', async () => {
    const client = await misbehaving((socket, _request, nth) => {
      socket.setNoDelay(true);
      const interim = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n';
      const final = `HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n${nth}`;
      if (nth === 1) socket.write(interim + final);
      else {
        // Byte by byte, each in a packet of its own.
        const bytes = [...(interim + final)];
        const next = () => {
          const byte = bytes.shift();
          if (byte !== undefined) socket.write(byte, () => setImmediate(next));
        };
        next();
      }
    });
    expect((await client.send(get())).response?.body).toEqual({ text: '1' });
    expect((await client.send(get())).response).toMatchObject({ status: 200, body: { text: '2' } });
  });

  it('expects no body after HEAD, 204 and 304, and none of CONNECT', async () => {
    const client = await http((request, response) => {
      response.statusCode = Number(request.url?.slice(1));
      if (response.statusCode === 200) response.setHeader('Content-Length', 5);
      response.end();
    });
    for (const [method, status] of [['HEAD', 200], ['GET', 204], ['GET', 304], ['HEAD', 404]] as const) {
      const { response } = await client.send({ method, target: `/${status}` });
      expect(response).toMatchObject({ status, body: { text: '' } });
    }
    const refusing = await misbehaving((socket) => socket.write('HTTP/1.1 405 No\r\nContent-Length: 2\r\n\r\nno'));
    expect((await refusing.send({ method: 'CONNECT', target: '/x' })).response?.status).toBe(405);
    expect((await refusing.send(get())).response?.status).toBe(405);
  });

  it('reads a body that ends with the connection', async () => {
    const client = await misbehaving((socket) => socket.end('HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nall of it'));
    expect((await client.send(get())).response?.body).toEqual({ text: 'all of it' });
  });

  it('keeps no more of a body than the limit, and says how long it was', async () => {
    const server = createHttpServer((_request, response) => response.end(`aa${'é'.repeat(40)}`));
    const client = clientFor(await listen(server), { limits: { readBytes: 1000, keepBytes: 11 } });
    const { response } = await client.send({ method: 'POST', target: '/', body: 'x'.repeat(20) });
    expect(response?.body).toEqual({ text: 'aaéééé', truncatedFrom: 82 });
    expect(bodyJson(response?.body)).toBeUndefined();
  });

  it('writes label, times and request into the record', async () => {
    const seen: Exchange[] = [];
    const server = createHttpServer((_request, response) => response.end('ok'));
    const client = clientFor(await listen(server), { record: (exchange) => seen.push(exchange) });
    const exchange = await client.send({ method: 'PUT', target: '/x', headers: [['A', 'b']], body: new Uint8Array([255]), operation: 'put' });
    expect(seen).toEqual([exchange]);
    expect(exchange).toMatchObject({ id: 'e-1', check: 'area/name', instance: 'i-1', operation: 'put' });
    expect(exchange.request).toEqual({ method: 'PUT', target: '/x', headers: [['A', 'b']], body: { base64: '/w==' } });
    expect(exchange.durationMs).toBeGreaterThan(0);
  });
});

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
    expect(await kindOf((socket) => socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 10\r\n\r\nhalf'))).toBe('reset');
    expect(await kindOf((socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel'))).toBe('reset');
    expect(await kindOf((socket) => socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'))).toBe('reset');
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
    expect(await kindOf((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'))).toBe('protocol');
    expect(await kindOf((socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'))).toBe('protocol');
    expect(await kindOf((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nmore than two'))).toBe('protocol');
    expect(await kindOf((socket) => socket.end('HTTP/1.1 200 OK\r\nBad Name: 1\r\n\r\n'))).toBe('protocol');
    expect(await kindOf((socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'))).toBe('protocol');
    expect(await kindOf((socket) => socket.write(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`))).toBe('protocol');
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

describe('connections', () => {
  it('uses one connection again and again', async () => {
    let connections = 0;
    const server = createHttpServer((_request, response) => response.end('ok'));
    server.on('connection', () => (connections += 1));
    const client = clientFor(await listen(server));
    for (let n = 0; n < 20; n += 1) expect((await client.send(get())).response?.status).toBe(200);
    expect(connections).toBe(1);
  });

  it('sends again on a new one when the server has closed an idle connection', async () => {
    // It announces keep-alive and closes after every response.
    const client = await misbehaving((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'));
    for (let n = 0; n < 50; n += 1) expect((await client.send(get())).response?.status).toBe(200);
  });

  it('never sends a write twice that the server may have read', async () => {
    const seen: string[] = [];
    const client = await misbehaving((socket, request, nth) => {
      seen.push(request.slice(0, 4));
      if (nth === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      else socket.end();
    });
    await client.send(get());
    expect((await client.send({ method: 'POST', target: '/', body: 'x' })).error?.kind).toBe('reset');
    expect(seen).toEqual(['GET ', 'POST']);
  });

  it('tells of the crash when a read is sent twice and nothing listens any more', async () => {
    const server = createServer((socket) => {
      let served = 0;
      socket.on('data', () => {
        served += 1;
        if (served === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
        else {
          server.close();
          socket.destroy();
        }
      });
    });
    const client = clientFor(await listen(server));
    await client.send(get());
    expect((await client.send(get())).error?.kind).toBe('reset');
  });

  it('reads the response to each of many at once', async () => {
    const client = await http((request, response) => setImmediate(() => response.end(request.url)));
    const exchanges = await Promise.all(Array.from({ length: 50 }, (_, n) => client.send(get(`/${n}`))));
    expect(exchanges.map(({ response }) => response?.body)).toEqual(Array.from({ length: 50 }, (_, n) => ({ text: `/${n}` })));
    expect(headerOf(exchanges[0]?.response?.headers ?? [], 'content-length')).toBe('2');
  });
});
