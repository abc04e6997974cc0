import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBookshop, told } from '../kit/database/bookshop-for-tests.ts';
import { type TestDatabases, testDatabases } from '../kit/database/database-for-tests.ts';
import { judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { check } from './primary-keys.ts';

describe(check.id, () => {
  it('judges what was recorded of a reference and of a mutant', () => {
    expect(judged(check, recorded(check, 'pass')).status).toBe('passed');
    expect(judged(check, recorded(check, 'fail')).findings).toHaveLength(1);
  });

  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await testDatabases();
  });
  afterAll(() => databases.close());

  it('passes where each table has a key', async () => {
    expect(await told(check, await openBookshop(databases))).toMatchObject({
      status: 'passed',
      reason: '2 tables, each with a key',
    });
  });

  it('takes a unique column that is never null for a key', async () => {
    const context = await openBookshop(databases, { 'books.id': 'uuid NOT NULL UNIQUE DEFAULT gen_random_uuid()' });
    expect((await told(check, context)).status).toBe('passed');
  });

  it('tells of a table without one, and that it takes a row twice', async () => {
    const context = await openBookshop(databases, { 'books.id': 'bigint GENERATED ALWAYS AS IDENTITY' });
    expect((await told(check, context)).findings).toMatchObject([
      { severity: 'medium', key: 'books', title: 'table books has no primary key' },
    ]);
    await context.backend.sql(`INSERT INTO authors (name) VALUES ('a')`);
    await context.backend.sql(
      `INSERT INTO books (title, author_id, price, stock, binding) SELECT 't', id, 1, 1, 'paper' FROM authors`,
    );
    expect((await told(check, context)).findings).toMatchObject([
      { title: 'table books has no primary key: the database stored the same row a second time' },
    ]);
    expect(await context.backend.sql('SELECT count(*)::int AS n FROM books')).toEqual([{ n: 1 }]);
  });

  it('has nothing to say without tables', () => {
    expect(judged(check, { tables: 0, keyless: [] }).status).toBe('not-applicable');
  });
});
