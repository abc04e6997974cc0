import { Client, Pool } from 'pg';
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

test('the JavaScript driver reads a portal in parts, and goes on after errors', async () => {
  const client = await open('scram', 'secret');
  const parts = { text: 'SELECT generate_series(1, $1::int)', values: [25], rows: 10 };
  const { rows } = await client.query(parts);
  expect(rows).toHaveLength(25);
  await expect(client.query('SELECT $1::int', ['x'])).rejects.toMatchObject({ code: '22P02' });
  await expect(client.query({ name: 'bad', text: 'SELEC' })).rejects.toMatchObject({ code: '42601' });
  await client.query('SELECT 1');
  expect(through.proxy.statements().map(({ text, rows: count, error }) => [text, error?.code ?? count])).toEqual([
    ['SELECT generate_series(1, $1::int)', 25],
    ['SELECT $1::int', '22P02'],
    ['SELEC', '42601'],
    ['SELECT 1', 1],
  ]);
});

test('many connections at once: each statement with its own connection and transaction', async () => {
  const pool = new Pool({ host: '127.0.0.1', port: through.port, user: 'postgres', database: 'postgres', max: 6 });
  await Promise.all(
    Array.from({ length: 30 }, async (_, number) => {
      const client = await pool.connect();
      await client.query('BEGIN');
      await client.query('SELECT $1::text', [`n${number}`]);
      await client.query('COMMIT');
      client.release();
    }),
  );
  await pool.end();
  const statements = through.proxy.statements();
  const transactions = Map.groupBy(statements, ({ transaction }) => transaction);
  expect(transactions.size).toBe(30);
  for (const [transaction, own] of transactions) {
    expect(transaction).not.toBeNull();
    expect(own.map(({ command }) => command)).toEqual(['BEGIN', 'SELECT', 'COMMIT']);
    expect(new Set(own.map(({ connection }) => connection)).size).toBe(1);
  }
  expect(statements.map(({ id }) => id)).toEqual(Array.from({ length: 90 }, (_, index) => index + 1));
});
