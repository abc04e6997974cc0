import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openHome } from '@assay/engine';
import { type BankQuestion, openQuestion, type OpenQuestion, readQuestion, Workbench } from '@assay/practice';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPracticePorts } from './practice-ports.ts';

/*
 * Answers that mean harm, to questions about a table of items. Each gets a clear message, and afterwards everything is as it was: the rows, the roles, and nobody waits.
 */

const folder = mkdtempSync(path.join(tmpdir(), 'assay-hostile-'));
const ports = openPracticePorts({
  home: openHome({ ASSAY_HOME: folder }),
  version: '0',
  signal: new AbortController().signal,
});
const bench = new Workbench(ports);
let read: OpenQuestion;
let write: OpenQuestion;

function item(mode: 'read' | 'write'): BankQuestion {
  const question = readQuestion(
    `/questions/databases/hostile-${mode}.yaml`,
    `{ title: t, kind: sql, topic: t, level: 1, skill: databases, source: { topic: t }, prompt: p, looksFor: l, keyPoints: [a, b], followUps: [f], modelAnswer: m,
  sql: { schema: "CREATE TABLE item (id int PRIMARY KEY, name text)", data: "INSERT INTO item SELECT n, product() FROM generate_series(1, {{rows}}) n", mode: ${mode},
    key: "${mode === 'read' ? 'SELECT name FROM item' : 'DELETE FROM item'}", verify: SELECT * FROM item }, wrongAnswers: [{ answer: SELECT 1, why: w }] }`,
  );
  if ('problems' in question) throw new Error(question.problems.join('\n'));
  return question;
}

beforeAll(async () => {
  read = await openQuestion(item('read'), 5, bench);
  write = await openQuestion(item('write'), 5, bench);
});
afterAll(async () => {
  await bench.close();
  await ports.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = async (statement: string, mode: 'read' | 'write' = 'read'): Promise<string> =>
  (await (mode === 'read' ? read : write).mark(statement)).said;

const marker = '/tmp/assay-hostile-marker';

test.each([
  [
    'loops',
    'WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n',
    /stopped after 2 seconds|too much disk/,
  ],
  ['sleeps', 'SELECT pg_sleep(60)', /stopped after 2 seconds/],
  [
    'lifts its time limit first',
    "SELECT set_config('statement_timeout', '0', false), pg_sleep(60)",
    /stopped after 2 seconds/,
  ],
  ['drops', 'DROP TABLE item', /one query/],
  [
    'deletes through a query',
    'WITH gone AS (DELETE FROM item RETURNING *) SELECT * FROM gone',
    /PostgreSQL says|only read/,
  ],
  [
    'deletes in the text of a function',
    "SELECT query_to_xml('DELETE FROM item', true, false, '')",
    /only read|PostgreSQL says/,
  ],
  [
    'makes itself writable',
    "SELECT set_config('transaction_read_only', 'off', false), query_to_xml('DELETE FROM item', true, false, '')",
    /PostgreSQL says|only read/,
  ],
  ['holds several statements', 'SELECT 1; DROP TABLE item', /one statement/],
  ['ends the cursor and goes on', 'SELECT 1; COMMIT; DROP TABLE item; --', /one statement/],
  ['locks', 'SELECT * FROM item FOR UPDATE', /only read/],
  ['locks the table', 'LOCK TABLE item', /one query/],
  ['writes a file', `COPY (SELECT 1) TO '${marker}'`, /one query/],
  ['starts a program', `COPY (SELECT 1) TO PROGRAM 'touch ${marker}'`, /one query/],
  ['writes a file by function', `SELECT lo_export(1, '${marker}')`, /not allowed|only read|PostgreSQL says/],
  ['reads a file', "SELECT pg_read_file('/etc/passwd')", /not allowed/],
  [
    'returns millions of rows',
    'SELECT g FROM generate_series(1, 5000000) g',
    /more than 10,000 rows|stopped|too much disk/,
  ],
  ['returns a giant value', "SELECT repeat('x', 50000000)", /too much/],
  ['ends itself', 'SELECT pg_terminate_backend(pg_backend_pid())', /was ended|PostgreSQL says|terminated/],
  [
    'ends every session that it can reach',
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()',
    /not allowed|PostgreSQL says|On the data shown/,
  ],
  ['becomes a superuser', 'ALTER ROLE CURRENT_USER SUPERUSER', /one query/],
  ['has a megabyte', `SELECT '${'x'.repeat(1_000_000)}'`, /at most [\d,]+ characters/],
  ['has a NUL', "SELECT '\0'", /NUL/],
  ['is empty', '  \n ', /empty/],
])('a query that %s', async (_, statement, said) => {
  expect(await run(statement)).toMatch(said);
});

test.each([
  ['commits', 'COMMIT', /no answer here/],
  ['rolls back', 'ROLLBACK', /no answer here|PostgreSQL says/],
  ['begins anew', 'ROLLBACK AND CHAIN', /no answer here/],
  ['drops everything', 'DROP SCHEMA IF EXISTS fill CASCADE', /rows are right|PostgreSQL says/],
  ['deletes everything', 'DELETE FROM item', /^Right on/],
  ['commits inside of a block', 'DO $$ BEGIN DELETE FROM item; COMMIT; END $$', /PostgreSQL says/],
  ['starts a program', `COPY item TO PROGRAM 'touch ${marker}'`, /not allowed|PostgreSQL says/],
  ['reads from us', 'COPY item FROM STDIN', /PostgreSQL says|no answer here|stopped/],
  ['loops in a block', 'DO $$ BEGIN LOOP END LOOP; END $$', /stopped after 2 seconds/],
  ['becomes a superuser', 'ALTER ROLE CURRENT_USER SUPERUSER', /not allowed|PostgreSQL says/],
  ['holds several statements', 'DELETE FROM item; COMMIT', /one statement/],
])('a change that %s', async (_, statement, said) => {
  expect(await run(statement, 'write')).toMatch(said);
});

test('nothing of it stays', async () => {
  expect(existsSync(marker)).toBe(false);
  const database = await bench.database();
  const [role] = await database.administer('SELECT rolsuper FROM pg_roles WHERE rolname = $1', [database.user]);
  expect(role?.['rolsuper']).toBe(false);
  const [open] = await database.administer(
    "SELECT count(*)::int AS sessions FROM pg_stat_activity WHERE usename = $1 AND state <> 'idle'",
    [database.user],
  );
  expect(open?.['sessions']).toBe(0);
  // Every data set is as it was: the keys still give what they gave.
  expect(await run('SELECT name FROM item')).toMatch(/^Right on/);
  expect(await run('DELETE FROM item', 'write')).toMatch(/^Right on/);
  expect(await run('DELETE FROM item WHERE id > 1', 'write')).toMatch(/rows? ?;?/);
});
