import type { Instance, ProbeContext } from '@assay/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBookshop, told } from '../kit/database/bookshop-for-tests.ts';
import { type TestDatabases, testDatabases } from '../kit/database/database-for-tests.ts';
import { judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { check } from './money-is-exact.ts';

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

  it('passes a numeric column', async () => {
    expect(await told(check, await openBookshop(databases))).toMatchObject({
      status: 'passed',
      reason: 'books.price numeric(8,2)',
    });
  });

  it.each([
    ['double precision', '10 times 0.1 as double precision makes 0.9999999999999999, not 1.0'],
    ['real', '10 times 0.1 as real makes 1.0000001, not 1.0'],
    ['money', '2 times 0.005 as money makes 0.02, not 0.010'],
  ])('tells of one of type %s', async (type, sum) => {
    const context = await openBookshop(databases, { 'books.price': `${type} NOT NULL` });
    expect((await told(check, context)).findings).toMatchObject([
      { severity: 'high', key: 'books.price', title: `books.price keeps price as ${type}: ${sum}` },
    ]);
  });

  it.each([
    ['double precision', { findings: [{ key: 'books.price_amount' }] }],
    ['numeric(8, 2)', { status: 'passed', reason: 'books.price_amount numeric(8,2)' }],
  ])('knows a column by the beginning of its name and what it held: %s', async (type, result) => {
    const context = await openBookshop(databases, { 'books.price': 'text', 'books.price_amount': type });
    await context.backend.sql(
      `CREATE FUNCTION move() RETURNS trigger LANGUAGE plpgsql AS
         'BEGIN NEW.price_amount = NEW.price; NEW.price = NULL; RETURN NEW; END';
       CREATE TRIGGER move BEFORE INSERT ON books FOR EACH ROW EXECUTE FUNCTION move()`,
    );
    expect(await told(check, context)).toMatchObject(result);
  });

  it('does not guess which column keeps an amount', () => {
    const nothing = { exact: [], inexact: [], unplaced: ['createBook price'], trouble: null };
    expect(judged(check, { ...nothing, anyInexact: true })).toMatchObject({
      status: 'undecided',
      reason: 'no column was found that keeps createBook price',
    });
    expect(judged(check, { ...nothing, anyInexact: false }).status).toBe('passed');
  });

  it('has nothing to say of a database without tables: the backend keeps its amounts elsewhere', async () => {
    const context = await openBookshop(databases);
    const sql: Instance['sql'] = (text, parameters) =>
      /FROM pg_class/.test(text) ? Promise.resolve([]) : context.backend.sql(text, parameters);
    const elsewhere: ProbeContext = {
      ...context,
      backend: { ...context.backend, sql },
      shared: (_key, make) => make(elsewhere),
    };
    expect((await told(check, elsewhere)).status).toBe('not-applicable');
  });
});
