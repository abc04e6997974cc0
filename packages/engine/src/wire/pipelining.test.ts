import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startPostgres, startProxy, type TestPostgres, type TestProxy } from './postgres-for-tests.ts';
import { int32, message, RawClient } from './raw-client-for-tests.ts';

let postgres: TestPostgres;
let through: TestProxy;
let client: RawClient;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  through = await startProxy(postgres.port);
  client = await RawClient.open(through.port);
});
afterEach(async () => {
  client.socket.destroy();
  await through.stop();
  // Whatever happened, nothing counts as in flight any more.
  await through.proxy.idle(0, AbortSignal.timeout(10_000));
});

const { parse, bind, describe, execute, sync, flush, close, query } = message;

function seen() {
  return through.proxy.statements().map(({ text, parameters, command, rows, error }) => ({
    text,
    parameters,
    command: error?.code ?? command,
    rows,
  }));
}

test('several Executes before one Sync, and several Syncs in flight', async () => {
  client.send(parse('SELECT $1::int', 's'), bind(['1'], 's'), execute(), bind(['2'], 's'), execute(), sync());
  client.send(bind(['3'], 's', 'p'), describe('P', 'p'), execute(0, 'p'), close('P', 'p'), sync());
  expect(await client.types('Z', 2)).toBe('12DC2DCZ2TDC3Z');
  expect(seen()).toEqual(
    ['1', '2', '3'].map((value) => ({ text: 'SELECT $1::int', parameters: [value], command: 'SELECT', rows: 1 })),
  );
});

test('what stands behind an error up to Sync never ran and is not recorded', async () => {
  client.send(parse('SELECT 1'), bind(), execute(), parse('SELECT 1/$1::int'), bind(['0']), execute());
  client.send(parse('SELECT 2', 'lost'), bind([], 'lost'), execute(), sync());
  client.send(parse('SELECT 3'), bind(), execute(), sync());
  expect(await client.types('Z', 2)).toBe('12DC1EZ12DCZ');
  expect(seen()).toEqual([
    { text: 'SELECT 1', parameters: [], command: 'SELECT', rows: 1 },
    { text: 'SELECT 1/$1::int', parameters: ['0'], command: '22012', rows: null },
    { text: 'SELECT 3', parameters: [], command: 'SELECT', rows: 1 },
  ]);
});

test('Sync after the error is seen ends the skipping', async () => {
  client.send(parse('SELECT 1/0'), bind(), execute(), flush());
  await client.until('E');
  client.send(parse('SELECT 2'), bind(), execute(), query('SELECT 3'), sync(), query('SELECT 4'));
  expect(await client.types('Z', 2)).toBe('ZTDCZ');
  expect(seen().map(({ text }) => text)).toEqual(['SELECT 1/0', 'SELECT 4']);
});

test('a name whose Parse failed keeps its old statement', async () => {
  client.send(parse('SELECT 1', 's'), sync(), parse('SELECT 2', 's'), sync(), bind([], 's'), execute(), sync());
  expect(await client.types('Z', 3)).toBe('1ZEZ2DCZ');
  expect(seen()).toEqual([
    { text: 'SELECT 1', parameters: [], command: 'SELECT', rows: 1 },
    // It has no Execute, and so got its id when it failed.
    { text: 'SELECT 2', parameters: [], command: '42P05', rows: null },
  ]);
});

test('errors of Parse and Bind belong to the Execute they prepare, and stand alone without one', async () => {
  client.send(parse('SELEC 1'), bind(), describe('P'), execute(), sync());
  client.send(parse('SELECT $1::int', 's'), bind(['x'], 's'), execute(), sync());
  client.send(parse('SELECT $1::int', 's'), describe('S', 's'), sync(), bind(['y'], 's'), sync());
  expect(await client.types('Z', 4)).toBe('EZ1EZEZEZ');
  expect(seen()).toEqual([
    { text: 'SELEC 1', parameters: [], command: '42601', rows: null },
    { text: 'SELECT $1::int', parameters: ['x'], command: '22P02', rows: null },
    { text: 'SELECT $1::int', parameters: [], command: '42P05', rows: null },
    { text: 'SELECT $1::int', parameters: ['y'], command: '22P02', rows: null },
  ]);
});

test('a portal read in parts is one statement', async () => {
  client.send(query('BEGIN'));
  await client.until('Z');
  client.send(parse('SELECT generate_series(1, 5)'), bind([], '', 'p'), execute(2, 'p'), flush());
  await client.until('s');
  expect(seen().at(-1)).toMatchObject({ command: 'SELECT', rows: 2 });
  client.send(execute(2, 'p'), flush(), execute(2, 'p'), sync(), query('COMMIT'));
  expect(await client.types('Z', 2)).toBe('DDsDCZCZ');
  expect(seen().map(({ text, rows }) => [text, rows])).toEqual([
    ['BEGIN', 0],
    ['SELECT generate_series(1, 5)', 5],
    ['COMMIT', 0],
  ]);
});

test('transactions are numbered, also when they begin and end inside a pipeline', async () => {
  const run = (sql: string): Buffer => Buffer.concat([parse(sql), bind(), execute()]);
  client.send(
    run('SELECT 0'),
    run('BEGIN'),
    run('SELECT 1'),
    run('SAVEPOINT s'),
    run('ROLLBACK TO s'),
    run('SELECT 2'),
  );
  client.send(run('COMMIT'), run('SELECT 3'), sync(), query('START TRANSACTION; SELECT 4; COMMIT AND CHAIN; SELECT 5'));
  client.send(query('SELECT 1/0'), query('ROLLBACK'), query('SELECT 6'));
  await client.until('Z', 5);
  expect(through.proxy.statements().map(({ text, transaction }) => [text, transaction])).toEqual([
    ['SELECT 0', null],
    ['BEGIN', 1],
    ['SELECT 1', 1],
    ['SAVEPOINT s', 1],
    ['ROLLBACK TO s', 1],
    ['SELECT 2', 1],
    ['COMMIT', 1],
    ['SELECT 3', null],
    ['START TRANSACTION', 2],
    ['SELECT 4', 2],
    ['COMMIT AND CHAIN', 2],
    ['SELECT 5', 3],
    ['SELECT 1/0', 3],
    ['ROLLBACK', 3],
    ['SELECT 6', null],
  ]);
});

test('an error at the commit behind Sync belongs to the last statement', async () => {
  client.send(query('CREATE TEMP TABLE d (n int UNIQUE DEFERRABLE INITIALLY DEFERRED); INSERT INTO d VALUES (1)'));
  client.send(parse('INSERT INTO d VALUES (1)'), bind(), execute(), sync());
  expect(await client.types('Z', 2)).toBe('CCZ12CEZ');
  expect(seen().at(-1)).toEqual({ text: 'INSERT INTO d VALUES (1)', parameters: [], command: '23505', rows: null });
});

test('names made and dropped in SQL are the same names', async () => {
  client.send(query('PREPARE made (int) AS SELECT $1 + 1'), bind(['4'], 'made'), execute(), sync());
  client.send(query('DEALLOCATE made'), parse('SELECT 7', 'made'), bind([], 'made'), execute(), sync());
  expect(await client.types('Z', 4)).toBe('CZ2DCZCZ12DCZ');
  expect(seen().map(({ text, rows }) => [text, rows])).toEqual([
    ['PREPARE made (int) AS SELECT $1 + 1', 0],
    ['SELECT $1 + 1', 1],
    ['DEALLOCATE made', 0],
    ['SELECT 7', 1],
  ]);
});

test('empty queries, function calls, notices and notifications', async () => {
  client.send(query(''), query(' ; -- nothing'), parse(''), bind(), execute(), sync());
  expect(await client.types('Z', 3)).toBe('IZIZ12IZ');
  // abs(int4) by its object id.
  client.send(message.functionCall(1251, int32(-5)));
  expect(await client.types('Z', 1)).toBe('VZ');
  client.send(query(`LISTEN c; NOTIFY c, 'hello'; DO $$ BEGIN RAISE NOTICE 'x;y'; END $$`));
  const answers = await client.until('Z');
  expect(answers.map(({ type }) => type).join('')).toBe('CCNCAZ');
  expect(seen().map(({ text }) => text)).toEqual([
    '',
    ' ; -- nothing',
    '',
    'FunctionCall 1251',
    'LISTEN c',
    `NOTIFY c, 'hello'`,
    `DO $$ BEGIN RAISE NOTICE 'x;y'; END $$`,
  ]);
});
