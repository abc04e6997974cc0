import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startPostgres, startProxy, type TestPostgres, type TestProxy } from './postgres-for-tests.ts';

let postgres: TestPostgres;
let through: TestProxy;
const clients: Client[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  through = await startProxy(postgres.port);
});
afterEach(async () => {
  await Promise.allSettled(clients.splice(0).map((client) => client.end()));
  await through.stop();
});

async function open(user = 'postgres', password?: string): Promise<Client> {
  const client = new Client({ host: '127.0.0.1', port: through.port, user, password, database: 'postgres' });
  client.on('error', () => {});
  clients.push(client);
  await client.connect();
  return client;
}

function seen() {
  return through.proxy.statements().map(({ text, command, rows }) => ({ text, command, rows }));
}

test('a simple query is one statement with its tag', async () => {
  const client = await open();
  await client.query('SELECT generate_series(1, 3)');
  expect(through.proxy.statements()).toEqual([
    {
      id: 1,
      connection: 1,
      transaction: null,
      protocol: 'simple',
      text: 'SELECT generate_series(1, 3)',
      parameters: [],
      rows: 3,
      command: 'SELECT',
      startedAt: expect.any(Number),
      durationMs: expect.any(Number),
    },
  ]);
});

test('several statements in one query are told apart', async () => {
  const client = await open();
  await client.query(`CREATE TEMP TABLE t (a text); INSERT INTO t VALUES ('a;b'), ($$c;d$$) /* ; */; SELECT * FROM t;`);
  expect(seen()).toEqual([
    { text: 'CREATE TEMP TABLE t (a text)', command: 'CREATE TABLE', rows: 0 },
    { text: `INSERT INTO t VALUES ('a;b'), ($$c;d$$) /* ; */`, command: 'INSERT', rows: 2 },
    { text: 'SELECT * FROM t', command: 'SELECT', rows: 2 },
  ]);
});

test('parameters are decoded by the types the server describes', async () => {
  const client = await open();
  await client.query('SELECT $1::int, $2::text, $3::bool, $4::numeric', [1, 'two', true, '4.50']);
  await client.query({ name: 'named', text: 'SELECT $1::int8', values: ['9007199254740993'] });
  await client.query({ name: 'named', text: 'SELECT $1::int8', values: [7] });
  expect(through.proxy.statements().map(({ parameters }) => parameters)).toEqual([
    ['1', 'two', 'true', '4.50'],
    ['9007199254740993'],
    ['7'],
  ]);
});
