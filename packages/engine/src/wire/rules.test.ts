import type { Statement, WireRule } from '@assay/contract';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startPostgres, startProxy, type TestPostgres, type TestProxy } from './postgres-for-tests.ts';
import { message, RawClient, typesOf } from './raw-client-for-tests.ts';

let postgres: TestPostgres;
let through: TestProxy;
let client: RawClient;
/** Past the proxy. */
let direct: RawClient;
let signal: AbortSignal;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async ({ signal: given }) => {
  signal = given;
  through = await startProxy(postgres.port);
  direct = await RawClient.open(postgres.port);
  direct.send(query('DROP TABLE IF EXISTS r; CREATE TABLE r (n int)'));
  await direct.until('Z');
  client = await RawClient.open(through.port);
});
afterEach(async () => {
  client.socket.destroy();
  direct.socket.destroy();
  await through.stop();
  // Whatever happened, nothing counts as in flight any more.
  await through.proxy.idle(0, AbortSignal.timeout(10_000));
});

const { parse, bind, describe, execute, sync, query } = message;
const insert = (n: number): Buffer =>
  Buffer.concat([parse('INSERT INTO r VALUES ($1::int)'), bind([String(n)]), describe('P'), execute()]);

function rule(spec: WireRule) {
  return through.proxy.rule(spec);
}

function seen(): readonly (readonly [string, Statement['rows'] | string])[] {
  return through.proxy.statements().map(({ text, rows, error }) => [text, error?.code ?? rows]);
}

/** What the table holds, asked for directly. */
async function stored(): Promise<string> {
  direct.send(query(`SELECT string_agg(n::text, ',' ORDER BY n) FROM r`));
  const row = (await direct.until('Z')).find(({ type }) => type === 'D');
  return row?.body.toString('latin1', 6) ?? '';
}

/** Waits until no connection of the proxy is left at the server, so that what a cut did is done. */
async function settled(): Promise<void> {
  const others = `SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`;
  while (!direct.ended) {
    direct.send(query(others));
    const row = (await direct.until('Z')).find(({ type }) => type === 'D');
    if (row?.body.toString('latin1', 6) === '0') return;
  }
}

/** The status of the last ReadyForQuery. */
function status(answers: readonly { readonly type: string; readonly body: Buffer }[]): string {
  return answers.findLast(({ type }) => type === 'Z')?.body.toString() ?? '';
}

test('a held statement waits, and everything behind it on its connection; others go on', async () => {
  const held = rule({ do: 'hold', match: { kind: 'write' } });
  client.send(query('SELECT 1'), insert(1), sync(), query('SELECT 2'));
  await held.waitForHits(1, signal);
  expect(await client.types('Z')).toBe('TDCZ');
  const other = await RawClient.open(through.port);
  other.send(query('SELECT 3'));
  expect(await other.types('Z')).toBe('TDCZ');
  other.socket.destroy();
  expect(await stored()).toBe('');
  expect(seen()).toEqual([
    ['SELECT 1', 1],
    ['SELECT 3', 1],
  ]);
  held.release();
  expect(await client.types('Z', 2)).toBe('12nCZTDCZ');
  expect(await stored()).toBe('1');
  expect(seen().map(([text]) => text)).toEqual(['SELECT 1', 'INSERT INTO r VALUES ($1::int)', 'SELECT 3', 'SELECT 2']);
});

test('a held select takes no snapshot before it is let go', async () => {
  client.send(query('BEGIN ISOLATION LEVEL REPEATABLE READ'));
  await client.until('Z');
  const held = rule({ do: 'hold', match: { text: /FROM r/ } });
  client.send(parse('SELECT n FROM r'), bind(), describe('P'), execute(), sync());
  await held.waitForHits(1, signal);
  direct.send(query('INSERT INTO r VALUES (9)'));
  await direct.until('Z');
  held.remove();
  expect(await client.types('Z')).toBe('12TDCZ');
});

test('releasing lets go what is held now, and holds what comes next', async () => {
  const held = rule({ do: 'hold', match: { kind: 'write' } });
  client.send(insert(1), insert(2), sync());
  await held.waitForHits(1, signal);
  held.release();
  await held.waitForHits(2, signal);
  held.remove();
  await client.until('Z');
  expect(await stored()).toBe('1,2');
});

test('one of many: so many pass, one is held and tells who it is, and the rest go on', async () => {
  const third = rule({ do: 'hold', match: { where: (text) => text.startsWith('INSERT') }, skip: 2, times: 1 });
  client.send(insert(1), insert(2), sync(), query('SELECT 1'), insert(3), sync());
  await third.waitForHits(1, signal);
  await client.until('Z', 2);
  expect(third.last).toEqual({
    connection: through.proxy.statements()[0]?.connection,
    text: 'INSERT INTO r VALUES ($1::int)',
  });
  const other = await RawClient.open(through.port);
  other.send(insert(4), sync());
  await other.until('Z');
  other.socket.destroy();
  expect(await stored()).toBe('1,2,4');
  third.release();
  await client.until('Z');
  expect(third.hits).toBe(1);
});

test.each(['before', 'after'] as const)('cut %s the second of its kind', async (when) => {
  const second = rule({ do: 'cut', when, match: { kind: 'write' }, skip: 1, times: 1 });
  client.send(insert(1), sync());
  await client.until('Z');
  expect(second.last).toBeNull();
  client.send(insert(2), sync());
  await client.rest();
  await settled();
  expect(await stored()).toBe(when === 'before' ? '1' : '1,2');
  expect(second.last?.text).toBe('INSERT INTO r VALUES ($1::int)');
});

test('a delayed statement comes later, in its order', async () => {
  const slow = rule({ do: 'delay', match: { value: '7' }, ms: 50 });
  client.send(insert(7), sync(), query('SELECT 1'));
  await client.until('Z', 2);
  expect(slow.hits).toBe(1);
  const [first] = through.proxy.statements();
  expect(first?.durationMs).toBeGreaterThanOrEqual(49);
});

test('a rule added while statements are in flight holds the next ones', async () => {
  client.send(query('SELECT pg_sleep(0.05)'));
  const held = rule({ do: 'hold', match: { text: /SELECT 2/g } });
  client.send(query('SELECT 2'));
  await held.waitForHits(1, signal);
  await client.until('Z');
  held.remove();
  await client.until('Z');
});

test('cut before: the statement never reaches the database', async () => {
  const before = rule({ do: 'cut', when: 'before', match: { kind: 'write' }, times: 1 });
  client.send(query('SELECT 1'));
  await client.until('Z');
  client.send(insert(1), sync());
  expect(await client.rest()).toEqual([]);
  await settled();
  expect(await stored()).toBe('');
  expect(seen()).toEqual([
    ['SELECT 1', 1],
    ['INSERT INTO r VALUES ($1::int)', null],
  ]);
  expect(through.proxy.statements().at(-1)).toMatchObject({ durationMs: null, command: null, parameters: ['1'] });
  expect(before.hits).toBe(1);
  client = await RawClient.open(through.port);
  client.send(insert(2), sync());
  expect(await client.types()).toBe('12nCZ');
});

test.each([
  ['simple', (): Buffer => query('INSERT INTO r VALUES (1)')],
  ['extended', (): Buffer => Buffer.concat([insert(1), sync()])],
])('cut after: committed, and the client never hears of it (%s)', async (_, send) => {
  rule({ do: 'cut', when: 'after', match: { kind: 'write' } });
  client.send(send());
  expect(typesOf(await client.rest())).not.toContain('C');
  await settled();
  expect(await stored()).toBe('1');
  expect(seen().map(([, rows]) => rows)).toEqual([null]);
});

test('cut after a COMMIT leaves the transaction committed; after a statement inside it, undone', async () => {
  const commit = rule({ do: 'cut', when: 'after', match: { kind: 'commit' } });
  client.send(query('BEGIN'), insert(1), sync(), parse('COMMIT'), bind(), execute(), sync());
  expect(typesOf(await client.rest())).toBe('CZ12nCZ12');
  await settled();
  expect(await stored()).toBe('1');
  commit.remove();
  rule({ do: 'cut', when: 'after', match: { kind: 'write' } });
  client = await RawClient.open(through.port);
  client.send(query('BEGIN'), insert(2), sync());
  await client.rest();
  await settled();
  expect(await stored()).toBe('1');
});

test('fail: the error comes in its place, outside a transaction', async () => {
  const failing = rule({ do: 'fail', match: { kind: 'write' }, code: '40001', message: 'try again', times: 2 });
  client.send(insert(1), insert(2), sync(), query('INSERT INTO r VALUES (3)'), insert(4), sync());
  const answers = await client.until('Z', 3);
  expect(typesOf(answers)).toBe('12nEZEZ12nCZ');
  expect(status(answers)).toBe('I');
  const [error] = answers.filter(({ type }) => type === 'E');
  expect(error?.body.toString()).toBe('SERROR\0VERROR\0C40001\0Mtry again\0\0');
  expect(await stored()).toBe('4');
  expect(failing.hits).toBe(2);
  expect(seen()).toEqual([
    ['INSERT INTO r VALUES ($1::int)', '40001'],
    ['INSERT INTO r VALUES (3)', '40001'],
    ['INSERT INTO r VALUES ($1::int)', 1],
  ]);
});

test('fail inside a transaction puts the server into the failed state', async () => {
  rule({ do: 'fail', match: { value: '2' }, code: '53100', message: 'disk full' });
  client.send(query('BEGIN'), insert(1), sync());
  await client.until('Z', 2);
  client.send(insert(2), sync());
  const answers = await client.until('Z');
  expect(typesOf(answers) + status(answers)).toBe('12nEZE');
  client.send(query('SELECT 1'), query('COMMIT'));
  expect(await client.types('Z', 2)).toBe('EZCZ');
  expect(seen().map(([, end]) => end)).toEqual([0, 1, '53100', '25P02', 0]);
  expect(through.proxy.statements().at(-1)?.command).toBe('ROLLBACK');
  expect(await stored()).toBe('');
});

test.each([
  ['simple', 'EZ', (): Buffer => query('COMMIT')],
  ['extended', '12EZ', (): Buffer => Buffer.concat([parse('COMMIT'), bind(), execute(), sync()])],
])('a failed COMMIT leaves no transaction behind (%s)', async (_, expected, commit) => {
  const failing = rule({ do: 'fail', match: { kind: 'commit' }, code: '40001', message: 'no' });
  for (const n of [1, 2]) {
    client.send(query('BEGIN'), insert(n), sync());
    await client.until('Z', 2);
    client.send(commit());
    const answers = await client.until('Z');
    expect(answers.map(({ type }) => type).join('') + status(answers)).toBe(`${expected}I`);
  }
  // Also where none is open.
  client.send(commit());
  expect((await client.until('Z')).map(({ type }) => type).join('')).toBe(expected);
  failing.remove();
  client.send(insert(3), sync());
  await client.until('Z');
  expect(await stored()).toBe('3');
});

test('fail in the middle of several statements in one query', async () => {
  rule({ do: 'fail', match: { text: /^INSERT.*2/ }, code: '40001', message: 'no' });
  client.send(query('BEGIN; INSERT INTO r VALUES (1); INSERT INTO r VALUES (2); COMMIT'));
  const answers = await client.until('Z');
  expect(typesOf(answers) + status(answers)).toBe('CCEZE');
  expect(seen()).toEqual([
    ['BEGIN', 0],
    ['INSERT INTO r VALUES (1)', 1],
    ['INSERT INTO r VALUES (2)', '40001'],
  ]);
});

test('an error in front of a statement that is to fail stays its own', async () => {
  rule({ do: 'fail', match: { kind: 'write' }, code: '40001', message: 'no' });
  client.send(parse('SELECT 1/0'), bind(), execute(), insert(1), sync());
  expect(await client.types()).toBe('1EZ');
  expect(seen()).toEqual([['SELECT 1/0', '22012']]);
});

test('an error while a statement behind it is held: it is passed over', async () => {
  const held = rule({ do: 'hold', match: { kind: 'write' } });
  client.send(parse(`SELECT 1/0`), bind(), execute(), message.flush(), insert(1), sync(), query('SELECT 2'));
  await client.until('E');
  await held.waitForHits(1, signal);
  held.release();
  expect(await client.types('Z', 2)).toBe('ZTDCZ');
  expect(seen().map(([text]) => text)).toEqual(['SELECT 1/0', 'SELECT 2']);
  await through.proxy.idle(1, signal);
});

test('refused connections hear that the server takes none; open ones go on', async () => {
  const refusing = rule({ do: 'refuse-connections' });
  const refused = await RawClient.connect(through.port);
  refused.send(message.startup());
  const [answer] = await refused.rest();
  expect(answer?.body.toString()).toContain('57P03');
  client.send(query('SELECT 1'));
  expect(await client.types()).toBe('TDCZ');
  expect(refusing.hits).toBe(1);
  refusing.remove();
  const taken = await RawClient.open(through.port);
  expect(taken.ended).toBe(false);
  taken.socket.destroy();
});

test('waiting for hits ends with its signal', async () => {
  const controller = new AbortController();
  const waiting = rule({ do: 'hold', match: {} }).waitForHits(1, controller.signal);
  controller.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
});
