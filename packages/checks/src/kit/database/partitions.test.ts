import type { Instance } from '@assay/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogOf, type Table } from './catalog.ts';
import { testDatabases, type TestDatabases } from './database-for-tests.ts';
import { missingIndex } from './missing-index.ts';
import { multiply } from './multiply.ts';

let databases: TestDatabases;
let instance: Instance;
let tables: readonly Table[];
beforeAll(async () => {
  databases = await testDatabases();
  instance = await databases.open(`
    CREATE TABLE accounts (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
    CREATE TABLE entries (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, account_id int NOT NULL REFERENCES accounts, email text NOT NULL, note text NOT NULL) PARTITION BY HASH (id);
    CREATE TABLE entries_a PARTITION OF entries FOR VALUES WITH (MODULUS 2, REMAINDER 0);
    CREATE TABLE entries_b PARTITION OF entries FOR VALUES WITH (MODULUS 2, REMAINDER 1) PARTITION BY HASH (id);
    CREATE TABLE entries_b_a PARTITION OF entries_b FOR VALUES WITH (MODULUS 4, REMAINDER 1);
    CREATE TABLE entries_b_b PARTITION OF entries_b FOR VALUES WITH (MODULUS 4, REMAINDER 3);
    CREATE TABLE notes (entry_id int REFERENCES entries);
    INSERT INTO accounts (name) SELECT 'Name ' || n FROM generate_series(1, 12) n;
    INSERT INTO entries (account_id, email, note) SELECT n, 'a' || n || '@example.com', repeat('x', 100) FROM generate_series(1, 12) n;`);
  tables = await catalogOf(instance);
  const { filled } = await multiply(instance, tables, tables.slice(0, 2));
  expect(filled.map(({ name }) => name)).toEqual(['accounts', 'entries']);
});
afterAll(() => databases.close());

const missing = async (statement: string, indexes = '') => {
  await instance.sql(`DROP INDEX IF EXISTS there; ${indexes}`);
  const large = (await catalogOf(instance)).filter(({ name }) => name !== 'notes');
  return missingIndex(instance, [], large, statement);
};

it('are told beside their table, and what refers to it refers to no partition', () => {
  expect(tables.map(({ name, partitions }) => [name, partitions.map(({ key }) => key)])).toEqual([
    ['accounts', []],
    ['entries', ['"public"."entries_a"', '"public"."entries_b_a"', '"public"."entries_b_b"']],
    ['notes', []],
  ]);
  expect(tables[1]?.partitions[0]?.indexes).toEqual(['entries_a_pkey']);
  expect(tables[2]?.foreignKeys.map(({ target }) => target)).toEqual(['"public"."entries"']);
});

it('lack the index that their table lacks', async () => {
  const statement = 'SELECT e.* FROM entries e WHERE e.account_id = 5';
  const found = await missing(statement);
  expect(found).toMatchObject({ table: 'entries', on: ['"account_id"'] });
  expect(found?.before.text).toContain('Seq Scan on entries_a');
  expect(found?.pages.before).toBeGreaterThan((found?.pages.after ?? 0) * 10);
  expect(await missing(statement, 'CREATE INDEX there ON entries (account_id)')).toBeNull();
  expect(await missing('SELECT * FROM entries WHERE id = 5')).toBeNull();
});

it('are sorted whole for one page, joined, and asked by an expression', async () => {
  expect(await missing('SELECT * FROM entries ORDER BY email, id LIMIT 20')).toMatchObject({
    on: ['"email"', '"id"'],
  });
  expect(
    await missing('SELECT e.note, a.name FROM accounts a JOIN entries e ON e.account_id = a.id WHERE a.id = 5'),
  ).toMatchObject({ table: 'entries', on: ['"account_id"'] });
  expect(await missing(`SELECT * FROM entries WHERE lower(email) = 'a3@example.com'`)).toMatchObject({
    on: ['lower(("email")::text)'],
  });
});

it('are found in what is changed or deleted', async () => {
  expect(await missing(`DELETE FROM entries WHERE account_id = 5`)).toMatchObject({ on: ['"account_id"'] });
});
