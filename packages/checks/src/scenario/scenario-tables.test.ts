import type { Instance, ProbeContext, ScenarioReading, Statement, Wire } from '@assay/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabases, type TestDatabases } from '../kit/database/database-for-tests.ts';
import { exchangeOf, todo } from '../kit/testing/recordings-for-tests.ts';
import { contextOf } from '../kit/testing/scripted-for-tests.ts';
import { CannotTell, observedTables } from './scenario-tables.ts';

const rows = 3000;

let databases: TestDatabases;
beforeAll(async () => {
  databases = await testDatabases();
});
afterAll(() => databases.close());

/** A database of our own behind a backend that only seems to run these statements for each request. */
async function contextWith(statements: readonly (readonly [string, ...string[]])[]): Promise<ProbeContext> {
  const database = await databases.open('CREATE TABLE books (id int PRIMARY KEY, title text NOT NULL)');
  const seen = statements.map(
    ([text, ...parameters]) => ({ text, parameters, command: 'SELECT' }) as Partial<Statement>,
  );
  const wire: Partial<Wire> = {
    mark: () => 0,
    since: () => seen as readonly Statement[],
    idle: () => Promise.resolve(),
  };
  const instance: Partial<Instance> = {
    ...database,
    wire: wire as Wire,
    send: () => Promise.resolve(exchangeOf('GET /books', 200, { body: [] })),
  };
  return contextOf(todo, instance as Instance);
}

async function readingOf(...statements: readonly (readonly [string, ...string[]])[]): Promise<ScenarioReading> {
  const context = await contextWith(statements);
  const tables = await observedTables(context);
  await context.backend.sql(`INSERT INTO books SELECT n, 'Title ' || n FROM generate_series(1, 12) n`);
  await tables.multiply(rows);
  return tables.reading('/books', () => ({ status: 200, headers: {}, json: [], text: '[]' }));
}

describe('the tables that a scenario has', () => {
  it('count all that an OFFSET leaves out, and little of what an index leads to', async () => {
    const offset = await readingOf(['SELECT * FROM books ORDER BY id LIMIT $1 OFFSET $2', '20', '2000']);
    expect(offset.rows).toBe(2020);
    expect(offset.response.status).toBe(200);
    const after = await readingOf(['SELECT * FROM books WHERE id > $1 ORDER BY id LIMIT $2', '2000', '20']);
    expect(after.rows).toBe(20);
  });

  it('count what is looked at and thrown away, and name the statement with the most of it', async () => {
    const search = `SELECT id FROM books WHERE title LIKE '%nowhere%'`;
    const found = await readingOf(['SELECT * FROM books WHERE id = $1', '1'], [search]);
    expect(found).toMatchObject({ rows: rows + 1, statement: search });
  });

  it('cannot tell where nothing grew, or a statement cannot be run again', async () => {
    const { multiply } = await observedTables(await contextWith([]));
    await expect(multiply(rows)).rejects.toThrow(CannotTell);
    await expect(readingOf(['SELECT pg_sleep($1) FROM nowhere', '1'])).rejects.toThrow(CannotTell);
  });
});
