import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startPostgres, startProxy, type TestPostgres, type TestProxy } from './postgres-for-tests.ts';
import { message, RawClient } from './raw-client-for-tests.ts';

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
  client.send(query('CREATE TEMP TABLE c (a int, b text)'));
  await client.until('Z');
});
afterEach(async () => {
  client.socket.destroy();
  await through.stop();
  // Whatever happened, nothing counts as in flight any more.
  await through.proxy.idle(0, AbortSignal.timeout(10_000));
});

const { parse, bind, execute, sync, query, copyData, copyDone, copyFail } = message;
const copyIn = 'COPY c FROM STDIN';

function seen() {
  return through.proxy
    .statements()
    .slice(1)
    .map(({ text, protocol, rows, error }) => [text, protocol, error?.code ?? rows]);
}

test('in and out with simple queries', async () => {
  client.send(query(copyIn));
  await client.until('G');
  client.send(copyData('1\tone\n2\t'), copyData('two\n'), copyDone());
  expect(await client.types()).toBe('CZ');
  client.send(query('COPY c TO STDOUT; SELECT 1'));
  expect(await client.types()).toBe('HddcCTDCZ');
  expect(seen()).toEqual([
    [copyIn, 'copy', 2],
    ['COPY c TO STDOUT', 'copy', 2],
    ['SELECT 1', 'copy', 1],
  ]);
});

test('in with the extended protocol: the Sync that the server ignores is not waited for', async () => {
  client.send(parse(copyIn), bind(), execute(), sync());
  expect(await client.types('G')).toBe('12G');
  client.send(copyData('1\tone\n'), sync(), copyDone(), sync(), query('SELECT 1'));
  expect(await client.types('Z', 2)).toBe('CZTDCZ');
  expect(seen()).toEqual([
    [copyIn, 'copy', 1],
    ['SELECT 1', 'simple', 1],
  ]);
});

test('in, sent blindly with everything behind it', async () => {
  client.send(parse(copyIn), bind(), execute(), copyData('1\tone\n'), copyDone(), sync(), query('SELECT 1'));
  expect(await client.types('Z', 2)).toBe('12GCZTDCZ');
  client.send(query(copyIn), copyData('2\ttwo\n'), copyDone(), query('SELECT 2'));
  expect(await client.types('Z', 2)).toBe('GCZTDCZ');
  expect(seen().map(([text]) => text)).toEqual([copyIn, 'SELECT 1', copyIn, 'SELECT 2']);
});

test('given up by the client, and refused by the server', async () => {
  client.send(query(copyIn));
  await client.until('G');
  client.send(copyFail('changed my mind'));
  expect(await client.types()).toBe('EZ');
  client.send(parse(copyIn), bind(), execute(), sync());
  await client.until('G');
  client.send(copyData('not a number\tx\n'), copyDone(), sync(), query('SELECT 1'));
  expect(await client.types('Z', 2)).toBe('EZTDCZ');
  expect(seen()).toEqual([
    [copyIn, 'copy', '57014'],
    [copyIn, 'copy', '22P02'],
    ['SELECT 1', 'simple', 1],
  ]);
});
