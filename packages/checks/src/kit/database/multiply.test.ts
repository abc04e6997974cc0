import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogOf } from './catalog.ts';
import { testDatabases, type TestDatabases } from './database-for-tests.ts';
import { multiply } from './multiply.ts';

let databases: TestDatabases;
beforeAll(async () => {
  databases = await testDatabases();
});
afterAll(() => databases.close());

/** How often it is tried to fill a table whose trigger says this. A sequence counts on when a transaction is rolled back. */
async function timesFilled(refusal: string): Promise<number> {
  const instance = await databases.open(
    `CREATE TABLE notes (id int PRIMARY KEY, text text); INSERT INTO notes VALUES (1, 'Ada');
     CREATE SEQUENCE times;
     CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN PERFORM nextval('times'); RAISE EXCEPTION '${refusal}'; END $$;
     CREATE TRIGGER refuse BEFORE INSERT ON notes EXECUTE FUNCTION refuse()`,
  );
  const tables = await catalogOf(instance);
  const { unfilled } = await multiply(instance, tables, tables, 10);
  expect(unfilled).toEqual([{ table: 'notes', reason: expect.stringContaining(refusal) }]);
  const [row] = await instance.sql('SELECT last_value::int AS times FROM times');
  return Number(row?.['times']);
}

it('fills a table with other values when these are refused, but not when they take too long', async () => {
  expect(await timesFilled('no such text')).toBeGreaterThan(1);
  expect(await timesFilled('canceling statement due to statement timeout')).toBe(1);
});

it('keeps the length of codes whose rule says it', async () => {
  const instance = await databases.open(
    `CREATE TABLE tools (id int PRIMARY KEY, code text NOT NULL UNIQUE CHECK (code ~ '^[A-Z]{2}-[0-9]{4}$'));
     INSERT INTO tools SELECT g, chr(64 + g) || 'X-' || (4210 + g) FROM generate_series(1, 16) g`,
  );
  const tables = await catalogOf(instance);
  const { filled, unfilled } = await multiply(instance, tables, tables, 2000);
  expect(unfilled).toEqual([]);
  expect(filled.map(({ name }) => name)).toEqual(['tools']);
});
