import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { bodyJson, type Exchange, Fault, headerOf, type RequestSpec } from '@assay/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { clientFor, closeAll, get, http, listen, misbehaving } from './test-server.ts';

afterEach(closeAll);

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
      socket.write(
        'HTTP/1.1 299 Fine Indeed\r\nSet-Cookie: a=1\r\nx-LOWER: 1\r\nSet-Cookie: b=2\r\nContent-Length: 2\r\n\r\nhi',
      ),
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
    for (const [method, status] of [
      ['HEAD', 200],
      ['GET', 204],
      ['GET', 304],
      ['HEAD', 404],
    ] as const) {
      const { response } = await client.send({ method, target: `/${status}` });
      expect(response).toMatchObject({ status, body: { text: '' } });
    }
    const refusing = await misbehaving((socket) => socket.write('HTTP/1.1 405 No\r\nContent-Length: 2\r\n\r\nno'));
    expect((await refusing.send({ method: 'CONNECT', target: '/x' })).response?.status).toBe(405);
    expect((await refusing.send(get())).response?.status).toBe(405);
  });

  it('reads a body that ends with the connection', async () => {
    const client = await misbehaving((socket) =>
      socket.end('HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nall of it'),
    );
    expect((await client.send(get())).response?.body).toEqual({ text: 'all of it' });
  });

  it('keeps no more of a body than the limit, and says how long it was', async () => {
    const server = createHttpServer((_request, response) => response.end(`aa${'é'.repeat(40)}`));
    const client = clientFor(await listen(server), { limits: { readBytes: 1000, keepBytes: 11 } });
    const { response } = await client.send({ method: 'POST', target: '/', body: 'x'.repeat(20) });
    expect(response?.body).toEqual({ text: 'aaéééé', truncatedFrom: 82 });
    expect(bodyJson(response?.body)).toBeUndefined();
  });

  it('takes what has come of a stream of events for its response, and leaves it', async () => {
    let opened = 0;
    const client = await http((request, response) => {
      if (request.url === '/') return response.end('ok');
      opened += 1;
      response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
      if (request.url === '/short') return response.end('data: 1\n\n');
      return response.write('data: 1\n\n');
    });
    const { response } = await client.send(get('/events'), { timeoutMs: 20_000 });
    expect(response).toMatchObject({ status: 200, body: { text: 'data: 1\n\n', truncatedFrom: 9 } });
    expect((await client.send(get('/events'), { timeoutMs: 100 })).response?.status).toBe(200);
    expect((await client.send(get('/short'))).response?.body).toEqual({ text: 'data: 1\n\n' });
    expect((await client.send(get())).response?.body).toEqual({ text: 'ok' });
    expect(opened).toBe(3);
  });

  it('writes label, times and request into the record', async () => {
    const seen: Exchange[] = [];
    const server = createHttpServer((_request, response) => response.end('ok'));
    const client = clientFor(await listen(server), { record: (exchange) => seen.push(exchange) });
    const exchange = await client.send({
      method: 'PUT',
      target: '/x',
      headers: [['A', 'b']],
      body: new Uint8Array([255]),
      operation: 'put',
    });
    expect(seen).toEqual([exchange]);
    expect(exchange).toMatchObject({ id: 'e-1', check: 'area/name', instance: 'i-1', operation: 'put' });
    expect(exchange.request).toEqual({ method: 'PUT', target: '/x', headers: [['A', 'b']], body: { base64: '/w==' } });
    expect(exchange.durationMs).toBeGreaterThan(0);
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

  it.each([500, 413])(
    'takes a new connection after %i, for servers then close the old one unannounced',
    async (code) => {
      const client = await misbehaving((socket, request) => {
        if (request.startsWith('GET /fail')) socket.end(`HTTP/1.1 ${code} No\r\nContent-Length: 0\r\n\r\n`);
        else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      });
      await client.send(get());
      for (let n = 0; n < 50; n += 1) {
        expect((await client.send(get('/fail'))).response?.status).toBe(code);
        expect((await client.send({ method: 'POST', target: '/', body: 'x' })).response?.status).toBe(200);
      }
    },
  );

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
    expect(exchanges.map(({ response }) => response?.body)).toEqual(
      Array.from({ length: 50 }, (_, n) => ({ text: `/${n}` })),
    );
    expect(headerOf(exchanges[0]?.response?.headers ?? [], 'content-length')).toBe('2');
  });

  it('gives each request a connection of its own when the server closes them unannounced', async () => {
    const seen: string[] = [];
    const client = await misbehaving((socket, request) => {
      seen.push(request.toLowerCase());
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
    for (let n = 0; n < 50; n += 1)
      expect((await client.send({ method: 'POST', target: '/', body: 'x' })).response?.status).toBe(200);
    expect(seen).toHaveLength(50);
    expect(seen.at(-1)).toContain('connection: close');
  });
});
