import { describe, expect, test } from 'vitest';
import { leftOut, pythonDrivers, throughProxy } from './drivers-for-tests.ts';

const drivers = await pythonDrivers();
const insertRow =
  'INSERT INTO item (id, name, price, made, key) VALUES ($1, $2, $3, $4, $5) RETURNING id | [1,"one","1.50","2026-11-22 14:00:00.5+00","a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"]';
const createTable =
  '- simple CREATE TABLE 0 | CREATE TEMP TABLE item (id int, name text, price numeric, made timestamptz, key uuid)';

describe.skipIf(leftOut(drivers))('Python', () => {
  test('psycopg 3: text and binary, pipelines, COPY, cursors', async () => {
    const { printed, statements } = await throughProxy(drivers, 'psycopg');
    expect(printed).toEqual({ copied: 15, read: 15 });
    expect(statements).toEqual([
      createTable,
      `- extended INSERT 1 | ${insertRow}`,
      `- extended INSERT 1 | ${insertRow.replace('[1,', '[2,')}`,
      '- extended SELECT 1 | SELECT $1::int + 1 | [0]',
      '- extended SELECT 1 | SELECT $1::int + 1 | [1]',
      '- extended SELECT 1 | SELECT $1::int + 1 | [2]',
      '1 simple BEGIN 0 | BEGIN',
      '1 extended INSERT 1 | INSERT INTO item (id) VALUES ($1) | [3]',
      '1 extended INSERT 1 | INSERT INTO item (id) VALUES ($1) | [4]',
      '1 extended INSERT 1 | INSERT INTO item (id) VALUES ($1) | [5]',
      '1 simple COMMIT 0 | COMMIT',
      `- extended SELECT 1 | SELECT 'before'`,
      '- extended 22012 | SELECT 1 / $1::int | [0]',
      '- copy COPY 10 | COPY item (id, name) FROM STDIN',
      '- copy COPY 15 | COPY (SELECT id FROM item) TO STDOUT',
      '- extended UPDATE 1 | UPDATE item SET name = $1 WHERE id = $2 | ["a",1]',
      '- extended UPDATE 1 | UPDATE item SET name = $1 WHERE id = $2 | ["b",2]',
      '2 simple BEGIN 0 | BEGIN',
      '2 extended DECLARE CURSOR 0 | DECLARE "reader" CURSOR FOR SELECT id FROM item ORDER BY id',
      '2 simple FETCH 10 | FETCH FORWARD 10 FROM "reader"',
      '2 simple FETCH 5 | FETCH FORWARD 10 FROM "reader"',
      '2 simple CLOSE CURSOR 0 | CLOSE "reader"',
      '2 simple COMMIT 0 | COMMIT',
    ]);
  });

  test('psycopg2: values in the text, after its request for TLS is refused', async () => {
    const { printed, statements } = await throughProxy(drivers, 'psycopg2');
    expect(printed).toEqual({ row: ["it's;", 7] });
    expect(statements).toEqual([
      '1 simple BEGIN 0 | BEGIN',
      `1 simple SELECT 1 | SELECT 'it''s' || ';', 7`,
      '1 simple COMMIT 0 | COMMIT',
      '2 simple BEGIN 0 | BEGIN',
      '2 simple 42703 | SELECT nothing',
      '2 simple ROLLBACK 0 | ROLLBACK',
    ]);
  });

  test('asyncpg: binary throughout, portals read in parts, binary COPY, cancelling', async () => {
    const { printed, statements } = await throughProxy(drivers, 'asyncpg');
    expect(printed).toEqual({ read: 5, last: 'last' });
    const own = statements.filter((line) => !/typeinfo_tree|'jit'/.test(line));
    expect(own).toEqual([
      createTable,
      `- extended INSERT 1 | ${insertRow}`,
      '- extended INSERT 1 | INSERT INTO item (id) VALUES ($1) | [2]',
      '- extended INSERT 1 | INSERT INTO item (id) VALUES ($1) | [3]',
      '- extended INSERT 1 | INSERT INTO item (id) VALUES ($1) | [4]',
      '- copy COPY 2 | COPY "item"("id", "name") FROM STDIN (FORMAT binary) ',
      '1 simple BEGIN 0 | BEGIN;',
      '1 extended SELECT 5 | SELECT id FROM item WHERE id = ANY($1::int[]) | ["{1,2,3,4,5}"]',
      '1 simple COMMIT 0 | COMMIT;',
      '- extended 22012 | SELECT $1::int / 0 | [1]',
      '- extended 42601 | SELEC 1',
      '- extended 57014 | SELECT pg_sleep(600)',
      `- extended SELECT 1 | SELECT 'last'`,
    ]);
  });
});
