import type { Instance } from '@assay/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBookshop, told } from '../kit/database/bookshop-for-tests.ts';
import { type TestDatabases, testDatabases } from '../kit/database/database-for-tests.ts';
import { exchangeOf, judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { check } from './rules-in-constraints.ts';

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
  const unique = { 'books.title': 'text NOT NULL UNIQUE' };

  it('passes where the database holds the same rules', async () => {
    const result = await told(check, await openBookshop(databases, unique));
    expect(result).toMatchObject({ status: 'passed', reason: expect.stringMatching(/^\d+ rules that the database/) });
  });

  it('tells of each column of a table that takes what the API refuses, once', async () => {
    const context = await openBookshop(databases, {
      ...unique,
      'authors.name': 'text',
      'books.stock': 'integer',
      'books.binding': 'varchar(5) NOT NULL',
    });
    expect((await told(check, context)).findings).toMatchObject([
      { severity: 'low', key: 'authors', title: 'table authors takes what the API refuses: name (required)' },
      {
        key: 'books',
        title:
          'table books takes what the API refuses: stock (required), stock (at least 0), stock (at most 1000) and binding (one of a few values)',
      },
    ]);
    expect(await context.backend.sql(`SELECT 1 FROM books WHERE stock IS NULL OR stock < 0`)).toEqual([]);
  });

  it('tells of what is unique in the API alone', async () => {
    expect((await told(check, await openBookshop(databases))).findings).toMatchObject([
      { key: 'books', title: 'table books takes what the API refuses: title (unique)' },
    ]);
  });

  it('takes what is unique together with another column for held', async () => {
    const together = { 'books.title': 'text NOT NULL, UNIQUE (author_id, title)' };
    expect((await told(check, await openBookshop(databases, together))).findings).toEqual([]);
  });

  it('takes what is unique among the rows that are not deleted for held', async () => {
    const context = await openBookshop(databases, { 'books.deleted': 'boolean NOT NULL DEFAULT false' });
    await context.backend.sql(
      `CREATE UNIQUE INDEX ON books (title) WHERE NOT deleted;
       WITH a AS (INSERT INTO authors (name) VALUES ('gone') RETURNING id)
       INSERT INTO books (title, author_id, price, stock, binding, deleted) SELECT 'a', id, 1, 1, 'paper', true FROM a`,
    );
    expect((await told(check, context)).findings).toEqual([]);
  });

  it.each([
    ['of a title', 'upper(NEW.title)', []],
    ['of nothing else', 'gen_random_uuid()', [{ key: 'books' }]],
  ])('asks what a unique column is made of that stands beside: %s', async (_of, made, findings) => {
    const context = await openBookshop(databases, { 'books.slug': 'text NOT NULL UNIQUE' });
    await context.backend.sql(
      `CREATE FUNCTION slug() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.slug = ${made}; RETURN NEW; END';
       CREATE TRIGGER slug BEFORE INSERT ON books FOR EACH ROW EXECUTE FUNCTION slug()`,
    );
    expect((await told(check, context)).findings).toMatchObject(findings);
  });

  it('has nothing against a CHECK that sets another limit on the same side', async () => {
    const context = await openBookshop(databases, {
      ...unique,
      'books.stock': 'integer NOT NULL CHECK (stock >= -5)',
    });
    expect((await told(check, context)).findings).toMatchObject([
      { key: 'books', title: 'table books takes what the API refuses: stock (at most 1000)' },
    ]);
  });

  it('has nothing against a column that lawfully holds other values of other things', async () => {
    const context = await openBookshop(databases, { ...unique, 'books.stock': 'integer NOT NULL' });
    await context.backend.sql(
      `WITH a AS (INSERT INTO authors (name) VALUES ('lender') RETURNING id)
       INSERT INTO books (title, author_id, price, stock, binding) SELECT 'lent', id, 1, -3, 'paper' FROM a`,
    );
    expect((await told(check, context)).findings).toMatchObject([
      { key: 'books', title: 'table books takes what the API refuses: stock (at most 1000)' },
    ]);
  });

  it('has nothing against a column that is lawfully null: in rows of other things, or when its target goes', async () => {
    const context = await openBookshop(databases, {
      ...unique,
      'authors.name': 'text',
      'books.author_id': 'uuid REFERENCES authors ON DELETE SET NULL',
      'books.binding': `text CHECK (binding IN ('paper', 'cloth'))`,
    });
    await context.backend.sql('INSERT INTO authors (name) VALUES (NULL)');
    expect((await told(check, context)).findings).toMatchObject([
      { key: 'books', title: 'table books takes what the API refuses: binding (required)' },
    ]);
  });

  it('tells of what validators call invalid the second time, as Django, Laravel and Rails do', async () => {
    const context = await openBookshop(databases);
    const send: Instance['send'] = async (request) => {
      const exchange = await context.backend.send(request);
      return exchange.response?.status === 409 ? exchangeOf(`POST ${request.target}`, 422) : exchange;
    };
    expect((await told(check, { ...context, backend: { ...context.backend, send } })).findings).toMatchObject([
      { key: 'books', title: 'table books takes what the API refuses: title (unique)' },
    ]);
  });

  it.each([409, 422])('blames no column for a refusal that has another cause: %i', async (status) => {
    const context = await openBookshop(databases);
    const prices = new Set<string>();
    // No price may come twice: the shape of a price leaves no room to make it new.
    const send: Instance['send'] = async (request) => {
      const price = /"price":"([^"]*)"/.exec(String(request.body))?.[1];
      if (price === undefined) return context.backend.send(request);
      if (prices.has(price)) return exchangeOf(`POST ${request.target}`, status);
      const exchange = await context.backend.send(request);
      if (exchange.response?.status === 201) prices.add(price);
      return exchange;
    };
    expect((await told(check, { ...context, backend: { ...context.backend, send } })).findings).toEqual([]);
  });

  it('knows the table that keeps a property beside another that keeps what its rows once were', async () => {
    const context = await openBookshop(databases, { ...unique, 'books.binding': 'text NOT NULL' });
    await context.backend.sql(
      `CREATE TABLE old_books (LIKE books, rev int, revtype int, PRIMARY KEY (id, rev));
       CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO old_books SELECT NEW.*, 1, 0; RETURN NEW; END';
       CREATE TRIGGER keep AFTER INSERT ON books FOR EACH ROW EXECUTE FUNCTION keep()`,
    );
    expect((await told(check, context)).findings).toMatchObject([
      { title: 'table books takes what the API refuses: binding (one of a few values)' },
    ]);
  });

  it('is undecided when nothing could be created', () => {
    expect(judged(check, { tried: [], trouble: 'POST /books answered 401' }).status).toBe('undecided');
    expect(judged(check, { tried: [], trouble: null }).status).toBe('not-applicable');
  });
});
