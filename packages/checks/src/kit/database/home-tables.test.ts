import type { Statement, Wire } from '@assay/contract';
import { expect, it, onTestFinished } from 'vitest';
import { todo } from '../testing/recordings-for-tests.ts';
import { contextOf } from '../testing/scripted-for-tests.ts';
import { testDatabases } from './database-for-tests.ts';
import { countAgain, homeTables } from './home-tables.ts';

it('counts the tables that keep what was made, and none that is for records', async () => {
  const databases = await testDatabases();
  onTestFinished(() => databases.close());
  const instance = await databases.open(
    "CREATE TABLE todos (title text); CREATE TABLE audit_log (what text); CREATE TABLE \"Tags\" (name text); INSERT INTO todos VALUES ('buy ink 4711'), ('x'); INSERT INTO audit_log VALUES ('made buy ink 4711')",
  );
  const texts = ['INSERT INTO todos (title)', 'INSERT INTO audit_log', 'insert into "Tags"', '/* update of nothing */'];
  const statements = texts.map((text) => ({ text }) as Statement);
  const wire = { statements: () => statements } as Partial<Wire> as Wire;
  const context = contextOf(todo, { ...instance, wire });
  const found = await homeTables(context, ['buy ink 4711']);
  expect(found).toEqual([{ table: 'todos', rows: 2 }]);
  await instance.sql("INSERT INTO todos VALUES ('seed')");
  expect(await countAgain(context, found)).toEqual([{ table: 'todos', rows: 3 }]);
});
