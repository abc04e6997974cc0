import type { Statement, Wire } from '@assay/contract';
import { expect, it, onTestFinished } from 'vitest';
import { todo } from '../testing/recordings-for-tests.ts';
import { contextOf } from '../testing/scripted-for-tests.ts';
import { testDatabases } from './database-for-tests.ts';
import { countAgain, homeTables, isForRecords } from './home-tables.ts';

const forRecords =
  'audit_log AuditLog "ActivityLog" activitylog auditlog_logentry joblog login_attempts JobRun cron_jobs jobs jobstatus logmessages logged_requests shedlock databasechangeloglock schema_version historicaltodo outbox_message app_start events user-sessions';
const forThings =
  'todos blog_post BlogPost weblogs catalog_book catalogs productCatalog backlog_item blocks content_block clocks trunk runners starters bootcamps preventions conversions possessions auditors historians logos';

it.each(forRecords.split(' '))('%s is for records of what happened', (name) => {
  expect(isForRecords(name)).toBe(true);
});

it.each(forThings.split(' '))('%s is not', (name) => {
  expect(isForRecords(name)).toBe(false);
});

it('counts the tables that keep what was made, and none that is for records', async () => {
  const databases = await testDatabases();
  onTestFinished(() => databases.close());
  const instance = await databases.open(
    "CREATE TABLE todos (title text, t timestamptz); CREATE TABLE audit_log (what text); CREATE TABLE \"Tags\" (name text); INSERT INTO todos VALUES ('buy ink 4711'), ('x'); INSERT INTO audit_log VALUES ('made buy ink 4711')",
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
