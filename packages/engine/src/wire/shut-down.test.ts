import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Client } from 'pg';
import { startPostgres, startProxy, type TestPostgres, type TestProxy } from './postgres-for-tests.ts';
import { message, RawClient } from './raw-client-for-tests.ts';

let postgres: TestPostgres;
let through: TestProxy;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  through = await startProxy(postgres.port);
});
afterEach(() => through.stop());

function connected(): Promise<Client> {
  const settings = { host: '127.0.0.1', port: through.port, user: 'postgres', database: 'postgres' };
  const client = new Client(settings);
  // Besides the error that a test looks at, the end of the connection is one.
  client.on('error', () => {});
  return client.connect().then(() => client);
}

test('an idle connection hears that the server goes down, and new ones are taken', async () => {
  const client = await connected();
  const heard = once(client, 'error');
  through.proxy.shutDown();
  expect((await heard)[0]).toMatchObject({ code: '57P01' });
  const again = await connected();
  expect((await again.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await again.end();
});

test('a statement under way fails with it, and its transaction is gone', async () => {
  const client = await connected();
  await client.query('CREATE TABLE IF NOT EXISTS gone (n int); TRUNCATE gone');
  await client.query('BEGIN; INSERT INTO gone VALUES (1)');
  const held = through.proxy.rule({ do: 'hold', match: { text: /pg_sleep/ } });
  const failed = expect(client.query('SELECT pg_sleep(0)')).rejects.toMatchObject({ code: '57P01' });
  await held.waitForHits(1, AbortSignal.timeout(10_000));
  through.proxy.shutDown();
  await failed;
  held.remove();
  const again = await connected();
  expect((await again.query('SELECT count(*)::int AS n FROM gone')).rows).toEqual([{ n: 0 }]);
  await again.end();
});

test('connections can be refused meanwhile, and the database is back when the rule goes', async () => {
  const away = through.proxy.rule({ do: 'refuse-connections' });
  through.proxy.shutDown();
  await expect(connected()).rejects.toMatchObject({ code: '57P03' });
  away.remove();
  await (await connected()).end();
});

test('a connection that has not said who it is yet is closed', async () => {
  const client = await RawClient.connect(through.port);
  client.send(message.request(80877103));
  const closed = once(client.socket, 'end');
  await once(client.socket, 'data');
  through.proxy.shutDown();
  await closed;
});
