import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type LiveServer, startServer, testHome, tryServer } from './testing/live-server.ts';

// Further servers are started, which takes as long as the machine lets it.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });
let server: LiveServer;

beforeAll(async () => {
  server = await startServer(testHome());
});

afterAll(async () => {
  await server.end();
});

/** Sends bytes as they are, and resolves with what came back. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(text));
    let received = '';
    socket.setEncoding('utf8').on('data', (piece: string) => (received += piece));
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
  });
}

describe('who may ask', () => {
  test('the API asks for the token, and takes it as a bearer token; a cookie may only read', async () => {
    const without = await server.ask('GET', '/api/runs', undefined, { authorization: '' });
    expect([without.status, without.json.code, without.headers.get('www-authenticate')]).toEqual([
      401,
      'unauthenticated',
      'Bearer',
    ]);
    const wrong = await server.ask('GET', '/api/runs', undefined, { authorization: 'Bearer wrong' });
    expect([wrong.status, wrong.json.code]).toEqual([401, 'wrong-token']);
    expect((await server.ask('GET', '/api/runs')).status).toBe(200);
    const entered = await server.ask('GET', `/enter?token=${server.token}`, undefined, { authorization: '' });
    const cookie = entered.headers.get('set-cookie') ?? '';
    expect([entered.status, entered.headers.get('location')]).toEqual([303, `/#token=${server.token}`]);
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
    const [pair = ''] = cookie.split(';');
    expect((await server.ask('GET', '/api/runs', undefined, { authorization: '', cookie: pair })).status).toBe(200);
    // A second Assay on this machine has a cookie of its own in the same jar.
    expect(pair).toMatch(new RegExp(`^assay_token_${server.port}=`));
    const other = `assay_token_${server.port + 1}=x`;
    for (const jar of [`${other}; ${pair}`, `${pair}; ${other}`])
      expect((await server.ask('GET', '/api/runs', undefined, { authorization: '', cookie: jar })).status).toBe(200);
    // Whoever listens on another port of this machine is sent the cookie, too: it is not the token, and changes nothing.
    expect(cookie).not.toContain(server.token);
    const headers = { authorization: '', cookie: pair };
    expect((await server.ask('PATCH', '/api/settings', { theme: 'dark' }, headers)).status).toBe(401);
    const asBearer = { authorization: `Bearer ${pair.split('=')[1] ?? ''}` };
    expect((await server.ask('GET', '/api/runs', undefined, asBearer)).status).toBe(401);
    expect((await server.ask('GET', '/enter?token=guess', undefined, { authorization: '' })).status).toBe(401);
  });

  test('a path that is written otherwise leads to no route without a token', async () => {
    for (const [method, target] of [
      ['GET', '/%61pi/runs'],
      ['POST', '/%61pi/runs'],
      ['GET', '/ap%69/backends'],
      ['DELETE', '/%61%70%69/data'],
    ] as const) {
      const answer = await raw(
        `${method} ${target} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`,
      );
      expect([target, answer.split('\r\n')[0]]).toEqual([target, 'HTTP/1.1 401 Unauthorized']);
      const foreign = await raw(
        `${method} ${target} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nSec-Fetch-Site: cross-site\r\nConnection: close\r\n\r\n`,
      );
      expect(foreign).toContain('foreign-origin');
    }
  });

  test('a challenge is named, and never given by a path: it brings code', async () => {
    for (const challenge of ['./evil', '/tmp/evil', '..'])
      expect((await server.ask('POST', '/api/runs', { folder: server.home, challenge })).json.code).toBe(
        'invalid-request',
      );
  });

  test('another Host, as after DNS rebinding, is refused everywhere', async () => {
    for (const target of ['/', '/healthz', '/openapi.json', '/api/runs']) {
      const answer = await raw(
        `GET ${target} HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer ${server.token}\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 421 /);
      expect(answer).toContain('foreign-host');
    }
    expect(await raw(`GET /healthz HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 421 /,
    );
    expect(await raw(`GET /healthz HTTP/1.1\r\nHost: localhost:${server.port}\r\nConnection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 200 /,
    );
  });

  test('the pages of other sites are refused, with the token too', async () => {
    const cross = await server.ask('POST', '/api/backends', { folder: '/srv/x' }, { origin: 'https://evil.example' });
    expect([cross.status, cross.json.code]).toEqual([403, 'foreign-origin']);
    const other = await server.ask('GET', '/api/runs', undefined, { origin: `http://127.0.0.1:${server.port + 1}` });
    expect(other.status).toBe(403);
    const site = await server.ask('GET', '/api/runs', undefined, { 'sec-fetch-site': 'cross-site' });
    expect(site.status).toBe(403);
    expect(
      (await server.ask('GET', '/api/runs', undefined, { origin: `http://127.0.0.1:${server.port}` })).status,
    ).toBe(200);
  });
});

describe('what cannot be answered', () => {
  test.each([
    ['POST', '/api/backends', '{"folder":', 400, 'malformed-request'],
    ['POST', '/api/backends', { folder: 'relative' }, 400, 'invalid-request'],
    ['POST', '/api/backends', { folder: '/x', more: 1 }, 400, 'invalid-request'],
    ['POST', '/api/backends/detect', { folder: '/etc/passwd' }, 409, 'conflict'],
    ['GET', '/api/runs/01a20532-6e83-759a-9119-bd6ba907816a', undefined, 404, 'not-found'],
    ['GET', '/api/runs/none', undefined, 400, 'invalid-request'],
    ['GET', '/api/runs?cursor=bm9uZQ', undefined, 400, 'invalid-cursor'],
    ['GET', '/api/challenges/none', undefined, 404, 'not-found'],
    ['GET', '/api/none', undefined, 404, 'not-found'],
    ['PUT', '/api/runs', {}, 405, 'method-not-allowed'],
    ['POST', '/api/backends', JSON.stringify({ folder: `/${'x'.repeat(1_100_000)}` }), 413, 'too-large'],
  ] as const)('%s %s is a problem with a code and a way out', async (method, target, body, status, code) => {
    const answer = await server.ask(method, target, body);
    expect([answer.status, answer.json.code]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.json).toMatchObject({
      status,
      title: expect.any(String),
      detail: expect.any(String),
      fix: expect.any(String),
    });
  });

  test('a body in another form than JSON is 415', async () => {
    const answer = await server.ask('POST', '/api/backends', 'folder=/x', { 'content-type': 'text/plain' });
    expect([answer.status, answer.json.code]).toEqual([415, 'unsupported-media-type']);
  });

  test('what is not HTTP is answered in the same form', async () => {
    expect(await raw('NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 .*malformed-request/s);
  });
});

describe('backends', () => {
  test('are remembered, changed, listed page by page and forgotten', async () => {
    const made = [];
    for (const name of ['a', 'b', 'c'])
      made.push(await server.ask('POST', '/api/backends', { folder: `/srv/${name}` }));
    const [first, second, third] = made.map(({ json }) => json.id);
    expect(made[0]?.status).toBe(201);
    expect(made[0]?.headers.get('location')).toBe(`/api/backends/${first}`);
    expect((await server.ask('POST', '/api/backends', { folder: '/srv/a' })).status).toBe(409);
    const page = await server.ask('GET', '/api/backends?limit=2');
    expect(page.json.items.map(({ id }: { id: string }) => id)).toEqual([third, second]);
    const rest = await server.ask('GET', `/api/backends?limit=2&cursor=${page.json.next}`);
    expect(rest.json).toMatchObject({ items: [{ id: first, exists: false }], next: null });
    const changed = await server.ask('PATCH', `/api/backends/${first}`, {
      overrides: { start: 'node x.js' },
      challenge: 'todo',
    });
    expect(changed.json).toMatchObject({ overrides: { start: 'node x.js' }, challenge: 'todo', name: 'a' });
    expect((await server.ask('DELETE', `/api/backends/${first}`)).status).toBe(204);
    expect((await server.ask('GET', `/api/backends/${first}`)).status).toBe(404);
  });
});

test('settings that are changed stay, and the rest is as usual', async () => {
  const changed = await server.ask('PATCH', '/api/settings', { theme: 'dark' });
  expect(changed.json).toMatchObject({ theme: 'dark', budgetSeconds: null, database: 'embedded' });
  expect((await server.ask('GET', '/api/settings')).json).toEqual(changed.json);
  expect((await server.ask('PATCH', '/api/settings', { theme: 'pink' })).status).toBe(400);
});

test('every answer of a read is shaped as the document says', async () => {
  const { json: document } = await server.ask('GET', '/openapi.json', undefined, { authorization: '' });
  const { validatorOf } = await import('./testing/validator.ts');
  const validate = validatorOf(document);
  for (const [template, item] of Object.entries<Record<string, unknown>>(document.paths)) {
    if (!('get' in item) || template.includes('{id}')) continue;
    const target = template.replace('{slug}', 'ledger').replace('{area}', 'data').replace('{name}', 'round-trip');
    const answer = await server.ask('GET', target);
    expect([target, answer.status]).toEqual([target, 200]);
    expect([target, validate(template, 'get', 200, answer.json)]).toEqual([target, []]);
  }
});

test('a second start finds the first', async () => {
  const second = await tryServer(server.home);
  expect(second).toMatchObject({ status: 0 });
  expect('said' in second ? second.said : '').toContain(
    `"running":true,"address":"http://127.0.0.1:${server.port}/enter?token=`,
  );
});

test('a port that is taken is a fault in words', async () => {
  const other = await tryServer(testHome(), { PORT: String(server.port) });
  expect(other).toMatchObject({ status: 2 });
  expect('said' in other ? other.said : '').toContain(`Port ${server.port} is taken`);
});

test('metrics tell of requests by route', async () => {
  const { text } = await server.ask('GET', '/metrics');
  expect(text).toContain(
    'assay_http_request_duration_seconds_count{method="PATCH",route="/api/settings",status="200"} 1',
  );
});
