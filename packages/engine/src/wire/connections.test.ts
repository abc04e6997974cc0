import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Client } from 'pg';
import { listen, startPostgres, startProxy, type TestPostgres, type TestProxy } from './postgres-for-tests.ts';
import { int32, message, RawClient, typesOf } from './raw-client-for-tests.ts';

let postgres: TestPostgres;
let through: TestProxy;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  run.ended = false;
  through = await startProxy(postgres.port);
});
afterEach(() => through.stop());

const { query, startup, request } = message;
const protocol32 = 0x30002;

const run = { ended: false };
afterEach(() => {
  run.ended = true;
});

/** Waits until it holds, or the test is over. */
async function condition(holds: () => boolean): Promise<void> {
  while (!holds() && !run.ended) await new Promise((resolve) => setImmediate(resolve));
}

test.each(['scram', 'md5', 'plain'])('authentication passes through: %s', async (user) => {
  const settings = { host: '127.0.0.1', port: through.port, user, database: 'postgres' };
  const client = new Client({ ...settings, password: 'secret' });
  await client.connect();
  await client.query('SELECT 1');
  await client.end();
  const intruder = new Client({ ...settings, password: 'wrong' });
  intruder.on('error', () => {});
  await expect(intruder.connect()).rejects.toMatchObject({ code: '28P01' });
  expect(through.proxy.statements()).toHaveLength(1);
});

test('TLS and GSSAPI are answered with no, and the connection goes on in plain', async () => {
  const client = await RawClient.connect(through.port);
  const bytes: Buffer[] = [];
  client.socket.removeAllListeners('data');
  client.socket.on('data', (chunk: Buffer) => bytes.push(chunk));
  client.send(request(80877104));
  await condition(() => Buffer.concat(bytes).length === 1);
  client.send(request(80877103));
  await condition(() => Buffer.concat(bytes).length === 2);
  client.send(startup());
  await condition(() => Buffer.concat(bytes).at(-1) === 0x49);
  expect(Buffer.concat(bytes).toString('latin1', 0, 3)).toBe('NNR');
  client.socket.destroy();
});

test('a cancel request ends the statement it names, with keys of every length', async () => {
  for (const version of [0x30000, protocol32]) {
    const client = await RawClient.connect(through.port);
    client.send(startup(version));
    const key = (await client.until('Z')).find(({ type }) => type === 'K')?.body ?? Buffer.alloc(0);
    expect(key.length).toBe(version === protocol32 ? 36 : 8);
    client.send(query('SELECT pg_sleep(600)'));
    const cancelled = { types: '' };
    const answered = client.types().then((types) => {
      cancelled.types = types;
    });
    // A cancel request that comes before the statement has begun does nothing.
    while (cancelled.types === '' && !run.ended) {
      const canceller = await RawClient.connect(through.port);
      canceller.send(request(80877102, key));
      expect(await canceller.rest()).toEqual([]);
    }
    await answered;
    expect(cancelled.types).toMatch(/^T?EZ$/);
    client.socket.destroy();
  }
  expect(through.proxy.statements().map(({ error }) => error?.code)).toEqual(['57014', '57014']);
});

test('versions to come are negotiated by the server', async () => {
  const client = await RawClient.connect(through.port);
  client.send(startup(0x30009));
  expect(await client.types()).toMatch(/^vRKZ$/);
  client.send(query('SELECT 1'));
  expect(await client.types()).toBe('TDCZ');
  client.socket.destroy();
});

test.each([
  ['a TLS handshake without a request', Buffer.from('\x16\x03\x01\x02\x00\x01\x00\x01\xfc', 'latin1')],
  ['HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ['protocol version 2', Buffer.concat([int32(8), int32(0x20000)])],
  ['a length of nothing', Buffer.alloc(8)],
])('%s ends the connection and nothing else', async (_, bytes) => {
  const client = await RawClient.connect(through.port);
  client.send(bytes);
  expect(await client.rest()).toEqual([]);
  await condition(() => through.proxy.connections === 0);
});

test.each([
  ['an unknown message', Buffer.from('~\0\0\0\x04')],
  ['a length below its own', Buffer.from('Q\0\0\0\x03')],
  ['a negative length', Buffer.from('Q\xff\xff\xff\xff', 'latin1')],
  ['a length beyond all bounds', Buffer.from('P\x7f\xff\xff\xff')],
])('%s in the middle of a session ends it', async (_, bytes) => {
  const client = await RawClient.open(through.port);
  client.send(query('SELECT 1'));
  expect(await client.types()).toBe('TDCZ');
  client.send(bytes);
  expect(await client.rest()).toEqual([]);
  await condition(() => through.proxy.connections === 0);
});

test('a server that does not speak the protocol', async () => {
  const strange = createServer((socket) => {
    socket.on('error', () => {});
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
  });
  const port = await listen(strange);
  const before = await startProxy(port);
  const client = await RawClient.connect(before.port);
  client.send(startup());
  expect(await client.rest()).toEqual([]);
  await before.stop();
  strange.close();
});

test('no server: told as a refusal', async () => {
  const probe = createServer();
  const port = await listen(probe);
  probe.close();
  await once(probe, 'close');
  const before = await startProxy(port);
  const client = await RawClient.connect(before.port);
  client.send(startup());
  const [answer] = await client.rest();
  expect(answer?.body.toString()).toContain('57P03');
  await before.stop();
});

test('a server that goes away: the client hears its last words, the statement is recorded with them', async () => {
  const client = await RawClient.open(through.port);
  client.send(query('SELECT pg_terminate_backend(pg_backend_pid())'));
  expect(typesOf(await client.rest())).toMatch(/E$/);
  expect(through.proxy.statements().map(({ error }) => error?.code)).toEqual(['57P01']);
});

test('a client that vanishes while its statement runs', async ({ signal }) => {
  const client = await RawClient.open(through.port);
  client.send(query('SELECT pg_sleep(0.2)'));
  await condition(() => through.proxy.mark() === 2);
  client.socket.resetAndDestroy();
  await condition(() => through.proxy.connections === 0);
  await through.proxy.idle(1, signal);
  expect(through.proxy.statements()).toMatchObject([{ text: 'SELECT pg_sleep(0.2)', rows: null, durationMs: null }]);
});

test('a client that closes its writing side still gets its answers', async () => {
  const client = await RawClient.open(through.port);
  client.send(query('SELECT pg_sleep(0.05)'), query('SELECT 2'));
  client.socket.end();
  expect(typesOf(await client.rest())).toBe('TDCZTDCZ');
});

test('what stands behind a held statement waits for it, the end of the connection too', async ({ signal }) => {
  const held = through.proxy.rule({ do: 'hold', match: { text: /2/ } });
  const client = await RawClient.open(through.port);
  client.send(query('SELECT 1'), query('SELECT 2'), query('SELECT 3'), message.terminate());
  client.socket.end();
  await held.waitForHits(1, signal);
  held.remove();
  expect(typesOf(await client.rest())).toBe('TDCZTDCZTDCZ');
});

test('cutAll breaks what is open and takes what is new; close ends all', async () => {
  const held = through.proxy.rule({ do: 'hold', match: {} });
  const clients = await Promise.all([RawClient.open(through.port), RawClient.open(through.port)]);
  for (const client of clients) client.send(query('SELECT 1'));
  await held.waitForHits(2, AbortSignal.timeout(10_000));
  expect(through.proxy.connections).toBe(2);
  through.proxy.cutAll();
  for (const client of clients) expect(await client.rest()).toEqual([]);
  held.remove();
  expect(through.proxy.statements().map(({ durationMs }) => durationMs)).toEqual([null, null]);
  const another = await RawClient.open(through.port);
  another.send(query('SELECT 1'));
  expect(await another.types()).toBe('TDCZ');
  await through.proxy.close();
  expect(through.proxy.connections).toBe(0);
  const late = connect(through.port, '127.0.0.1');
  late.on('error', () => {});
  await once(late, 'close');
});

test('rows of 100 MB stream through, in both directions, and a slow reader holds the server back', async () => {
  const client = await RawClient.open(through.port);
  const megabytes = 100;
  const before = process.memoryUsage().rss;
  const plain = connect(through.port, '127.0.0.1');
  plain.write(startup());
  plain.write(query(`SELECT repeat('x', ${megabytes} * 1024 * 1024)`));
  await once(plain, 'readable');
  // Nobody reads: the proxy must not gather the row.
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(process.memoryUsage().rss - before).toBeLessThan(60 * 1024 * 1024);
  let bytes = 0;
  plain.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  await condition(() => through.proxy.statements().length === 1 && bytes > megabytes * 1024 * 1024);
  plain.destroy();
  const value = Buffer.alloc(20 * 1024 * 1024, 'y');
  client.send(message.parse('SELECT length($1::text)'), message.bind([value]), message.execute(), message.sync());
  expect(await client.types()).toBe('12DCZ');
  const [, large] = through.proxy.statements();
  expect(String(large?.parameters[0]).length).toBeLessThan(20_000);
  client.socket.destroy();
});

test('memory is bounded: the oldest statements go', async () => {
  await through.stop();
  const told: number[] = [];
  through = await startProxy(postgres.port, { maxKept: 10, onStatement: ({ id }) => told.push(id) });
  const client = await RawClient.open(through.port);
  for (let index = 0; index < 40; index += 1) client.send(query(`SELECT ${index}`));
  await client.until('Z', 40);
  expect(through.proxy.statements().map(({ text }) => text)).toEqual(
    Array.from({ length: 10 }, (_, n) => `SELECT ${n + 30}`),
  );
  expect(through.proxy.since(39).map(({ id }) => id)).toEqual([39, 40]);
  expect(through.proxy.mark()).toBe(41);
  expect(told).toHaveLength(40);
  client.socket.destroy();
});

test('idle does not wait for a statement that waits for as long as its process lives, unless a rule holds it', async ({
  signal,
}) => {
  const patient = await startProxy(postgres.port, { awaitedMs: 100 });
  const leader = await RawClient.open(patient.port);
  leader.send(query('SELECT pg_advisory_lock(42)'));
  await leader.until('Z');
  const loser = await RawClient.open(patient.port);
  loser.send(query('SELECT pg_advisory_lock(42) /* waits */'));
  await condition(() => patient.proxy.mark() > 2);
  await patient.proxy.idle(5, signal);
  expect(patient.proxy.statements()).toHaveLength(1);
  const held = patient.proxy.rule({ do: 'hold', match: {} });
  const mark = patient.proxy.mark();
  leader.send(query('SELECT 1'));
  await held.waitForHits(1, signal);
  await expect(patient.proxy.idle(5, AbortSignal.timeout(300))).rejects.toThrow('timeout');
  held.remove();
  await patient.proxy.idle(5, signal);
  expect(patient.proxy.since(mark).map(({ text }) => text)).toEqual(['SELECT 1']);
  leader.send(query('SELECT pg_sleep(0.04), 2'));
  await condition(() => patient.proxy.mark() > mark + 1);
  await patient.proxy.idle(5, signal);
  leader.socket.destroy();
  await loser.until('Z');
  expect(patient.proxy.since(mark).map(({ text }) => text)).toEqual(['SELECT 1', 'SELECT pg_sleep(0.04), 2']);
  loser.socket.destroy();
  await patient.stop();
});

test('idle waits for what is in flight, and gives up with its signal', async ({ signal }) => {
  const held = through.proxy.rule({ do: 'hold', match: {} });
  const client = await RawClient.open(through.port);
  client.send(query('SELECT 1'));
  await held.waitForHits(1, signal);
  const controller = new AbortController();
  const waiting = through.proxy.idle(0, controller.signal);
  controller.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  const idle = through.proxy.idle(5, signal);
  held.remove();
  await idle;
  expect(through.proxy.statements()).toHaveLength(1);
  client.socket.destroy();
});
