import type { Wire } from '@assay/contract';
import { expect, it, onTestFinished } from 'vitest';
import { scripted } from '../testing/scripted-for-tests.ts';
import { analyze } from './analyze.ts';
import { testDatabases } from './database-for-tests.ts';

it('has the database look at the rows of each table, and looks into none that is not ours', async () => {
  const databases = await testDatabases();
  onTestFinished(() => databases.close());
  const instance = await databases.open(
    'CREATE TABLE todos (title text); INSERT INTO todos VALUES (1), (2); CREATE TABLE "Tags" (name text); INSERT INTO "Tags" VALUES (1);' +
      "CREATE TABLE bad (n int); INSERT INTO bad VALUES (1); CREATE FUNCTION f(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN $1; END';" +
      "CREATE INDEX ON bad (f(n)); CREATE OR REPLACE FUNCTION f(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RAISE; END'",
  );
  const seen = () => instance.sql("SELECT DISTINCT tablename FROM pg_stats WHERE schemaname = 'public'");
  await analyze(instance);
  expect(await seen()).toEqual([]);
  const wire = { statements: () => [] } as Partial<Wire> as Wire;
  await analyze({ ...instance, wire });
  expect((await seen()).map(({ tablename }) => tablename).toSorted()).toEqual(['Tags', 'todos']);
  await analyze(scripted(() => [200]));
});
