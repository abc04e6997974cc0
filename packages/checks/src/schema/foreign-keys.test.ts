import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBookshop, told } from '../kit/database/bookshop-for-tests.ts';
import { catalogOf } from '../kit/database/catalog.ts';
import { type TestDatabases, testDatabases } from '../kit/database/database-for-tests.ts';
import { danglingReference } from '../kit/database/references.ts';
import { judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { check } from './foreign-keys.ts';

describe(check.id, () => {
  it('judges what was recorded of a reference and of a mutant', () => {
    expect(judged(check, recorded(check, 'pass')).status).toBe('passed');
    expect(judged(check, recorded(check, 'fail')).findings).toHaveLength(1);
  });

  it('has nothing to say of one table alone, whatever could not be made', () => {
    const none = { references: [], trouble: 'POST /books answered 500' };
    expect(judged(check, none).status).toBe('undecided');
    expect(judged(check, { ...none, isAlone: true })).toMatchObject({
      status: 'not-applicable',
      reason: 'there is one table alone',
    });
  });

  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await testDatabases();
  });
  afterAll(() => databases.close());

  it('passes where what refers is a foreign key', async () => {
    expect(await told(check, await openBookshop(databases))).toMatchObject({
      status: 'passed',
      reason: '1 column that refers to another table: books.author_id',
    });
  });

  it('tells of one that is none, as uuid and as text', async () => {
    for (const type of ['uuid NOT NULL', 'text NOT NULL', 'varchar(36) NOT NULL']) {
      const context = await openBookshop(databases, { 'books.author_id': type });
      expect((await told(check, context)).findings).toMatchObject([
        {
          key: 'books.author_id',
          title: 'books.author_id holds ids of authors and is no foreign key: the database took one that names no row',
        },
      ]);
      const [left] = await context.backend.sql(
        'SELECT count(*)::int AS n FROM books WHERE author_id::text NOT IN (SELECT id::text FROM authors)',
      );
      expect(left).toEqual({ n: 0 });
    }
  });

  it('tells of one whose ids are just as long as its column, with a column of any name beside it', async () => {
    for (const type of ['char(26)', 'varchar(26)', 'varchar(26) CHECK (b ~ $$^[0-9A-Z]{26}$$)']) {
      const [author, book] = ['a', 'b'].map((name) => type.replace('(b ~', `(${name} ~`).replace(/^/, `${name} `));
      const instance = await databases.open(
        `CREATE TABLE authors (${author}, PRIMARY KEY (a)); CREATE TABLE books (id int PRIMARY KEY, ${book}, t timestamptz);
         INSERT INTO authors VALUES ('01ARZ3NDEKTSV4RRFFQ69G5FAV'); INSERT INTO books SELECT 1, a FROM authors`,
      );
      const [target, table] = await catalogOf(instance);
      if (target === undefined || table === undefined) throw new Error('no tables');
      const ids = ['01ARZ3NDEKTSV4RRFFQ69G5FAV'];
      const reference = {
        table,
        column: 'b',
        target,
        targetColumn: 'a',
        resource: 'a',
        operation: 'o',
        ids,
        foreignKey: false,
      };
      expect(await danglingReference(instance, reference)).toMatch(/^01ARZ3NDEKTSV[0-9A-Z]{13}$/);
    }
    const timed = await openBookshop(databases, { 'books.t': 'timestamptz NOT NULL DEFAULT now()' });
    expect((await told(check, timed)).status).toBe('passed');
  });

  it('tells of one whose ids are long or beyond the basic letters, in a short statement', async () => {
    for (const id of ['ab'.repeat(5000), 'x😀y😀z😀']) {
      const instance = await databases.open(
        `CREATE TABLE authors (a text PRIMARY KEY); CREATE TABLE books (id int PRIMARY KEY, b text);
         INSERT INTO authors VALUES ('${id}'); INSERT INTO books SELECT 1, a FROM authors`,
      );
      const [target, table] = await catalogOf(instance);
      if (target === undefined || table === undefined) throw new Error('no tables');
      const of = { resource: 'a', operation: 'o', ids: [id], foreignKey: false };
      const lengths: number[] = [];
      const sql: typeof instance.sql = (text, values) => {
        lengths.push(text.length);
        return instance.sql(text, values);
      };
      const found = await danglingReference(
        { ...instance, sql },
        { table, column: 'b', target, targetColumn: 'a', ...of },
      );
      expect(found?.isWellFormed()).toBe(true);
      expect(found).not.toContain('\ufffd');
      expect(Math.max(...lengths)).toBeLessThan(100_000);
    }
  });

  it('has nothing against what refuses unknown ids in another way', async () => {
    const context = await openBookshop(databases, { 'books.author_id': 'uuid NOT NULL' });
    await context.backend.sql(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no such author''; END';
       CREATE TRIGGER refuse BEFORE UPDATE ON books FOR EACH ROW EXECUTE FUNCTION refuse()`,
    );
    expect((await told(check, context)).status).toBe('passed');
  });

  const shops = `CREATE TABLE shops (id uuid PRIMARY KEY); INSERT INTO shops VALUES ('5ec0de00-0000-4000-8000-000000000001')`;
  const whose = `uuid NOT NULL DEFAULT '5ec0de00-0000-4000-8000-000000000001'`;

  it('tells of a UUID that no request carries, and stands as the key of another table', async () => {
    const context = await openBookshop(databases, { 'books.shop_id': whose }, shops);
    expect((await told(check, context)).findings).toMatchObject([
      {
        key: 'books.shop_id',
        title: 'books.shop_id holds ids of shops and is no foreign key: the database took one that names no row',
      },
    ]);
    const sound = await openBookshop(databases, { 'books.shop_id': `${whose} REFERENCES shops` }, shops);
    expect(await told(check, sound)).toMatchObject({
      status: 'passed',
      reason: '2 columns that refer to other tables: books.author_id, books.shop_id',
    });
  });

  it('tells of a number that no request carries, by its name and as long as no value is missing in the other table', async () => {
    const counted = 'CREATE TABLE shops (id integer PRIMARY KEY); INSERT INTO shops VALUES (1)';
    for (const type of ['integer', 'bigint']) {
      const context = await openBookshop(databases, { 'books.shop_id': `${type} NOT NULL DEFAULT 1` }, counted);
      expect((await told(check, context)).findings).toMatchObject([{ key: 'books.shop_id' }]);
    }
    for (const columns of [
      { 'books.shop_id': 'integer NOT NULL DEFAULT 2' },
      { 'books.shop_id': 'integer' },
      { 'books.place_id': 'integer NOT NULL DEFAULT 1' },
      { 'books.shop_id': 'numeric NOT NULL DEFAULT 1' },
    ])
      expect(await told(check, await openBookshop(databases, columns, counted))).toMatchObject({
        status: 'passed',
        reason: '1 column that refers to another table: books.author_id',
      });
  });

  it('has nothing against columns that mean rows of several tables', async () => {
    for (const columns of [
      { 'books.entity_id': whose },
      { 'books.shop_id': whose, 'books.shop_type': `text NOT NULL DEFAULT 'shop'` },
    ])
      expect(await told(check, await openBookshop(databases, columns, shops))).toMatchObject({
        status: 'passed',
        reason: '1 column that refers to another table: books.author_id',
      });
  });

  it('has nothing against what keeps what rows once were, whatever it is called', async () => {
    const context = await openBookshop(databases);
    await context.backend.sql(
      `CREATE TABLE old_books (LIKE books, rev int, revtype int, PRIMARY KEY (id, rev));
       CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO old_books SELECT NEW.*, 1, 0; RETURN NEW; END';
       CREATE TRIGGER keep AFTER INSERT ON books FOR EACH ROW EXECUTE FUNCTION keep()`,
    );
    expect(await told(check, context)).toMatchObject({
      status: 'passed',
      reason: '1 column that refers to another table: books.author_id',
    });
  });

  it('has nothing against a snapshot that can do without the thing, nor against ids of another schema', async () => {
    const elsewhere = `CREATE SCHEMA stock; ${shops.replaceAll('shops', 'stock.shops')}`;
    for (const [columns, before] of [
      [{ 'books.shop_id': whose, 'books.shop_name': `text NOT NULL DEFAULT 'corner'` }, shops],
      [{ 'books.shop_id': whose }, elsewhere],
    ] as const)
      expect(await told(check, await openBookshop(databases, columns, before))).toMatchObject({
        status: 'passed',
        reason: '1 column that refers to another table: books.author_id',
      });
    const sound = { 'books.shop_id': `${whose} REFERENCES stock.shops` };
    expect((await told(check, await openBookshop(databases, sound, elsewhere))).reason).toContain('books.shop_id');
  });

  it.each(['"AuditLog"', '"orderEventLog"', 'stored_events', 'book_projection'])(
    'has nothing against %s, which outlives what it tells of',
    async (table) => {
      const context = await openBookshop(databases);
      await context.backend.sql(
        `CREATE TABLE ${table} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "authorId" uuid);
         CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO ${table} ("authorId") VALUES (NEW.author_id); RETURN NEW; END';
         CREATE TRIGGER tell AFTER INSERT ON books FOR EACH ROW EXECUTE FUNCTION tell()`,
      );
      expect(await told(check, context)).toMatchObject({
        status: 'passed',
        reason: '1 column that refers to another table: books.author_id',
      });
    },
  );

  it.each([
    ['activities', 'passed'],
    ['notifications', 'passed'],
    ['book_versions', 'passed'],
    ['pages', 'failed', ', updated_at timestamptz'],
    ['parts', 'failed', '', ', PRIMARY KEY (book_id)'],
  ])(
    'rows of %s that tell what happened outlive it: %s',
    async (table, status, more = '', key = ', PRIMARY KEY (id)') => {
      const context = await openBookshop(databases);
      await context.backend.sql(
        `CREATE TABLE ${table} (id bigint GENERATED ALWAYS AS IDENTITY, book_id uuid, type text DEFAULT 'made', payload jsonb, at timestamptz${more}${key});
       CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO ${table} (book_id) VALUES (NEW.id); RETURN NEW; END';
       CREATE TRIGGER tell AFTER INSERT ON books FOR EACH ROW EXECUTE FUNCTION tell()`,
      );
      expect((await told(check, context)).status).toBe(status);
    },
  );

  it('has nothing against a log of events that comes before what bears the id of its stream', async () => {
    for (const [column, key] of [
      ['stream_id', ''],
      ['book_id', ', UNIQUE (book_id, version)'],
    ] as const) {
      const context = await openBookshop(databases);
      await context.backend.sql(
        `CREATE TABLE events (id bigserial PRIMARY KEY, ${column} uuid NOT NULL, version int NOT NULL DEFAULT 1, data jsonb${key});
         CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO events (${column}) VALUES (NEW.id); RETURN NEW; END';
         CREATE TRIGGER tell AFTER INSERT ON books FOR EACH ROW EXECUTE FUNCTION tell()`,
      );
      expect(await told(check, context)).toMatchObject({
        status: 'passed',
        reason: '1 column that refers to another table: books.author_id',
      });
    }
    const streams = await openBookshop(
      databases,
      { 'books.stream_id': whose },
      shops.replaceAll('shops', 'live_streams'),
    );
    expect((await told(check, streams)).findings).toMatchObject([{ key: 'books.stream_id' }]);
  });

  it('is undecided when what must exist could not be made', () => {
    expect(judged(check, { references: [], trouble: 'POST /authors answered 401' }).status).toBe('undecided');
    expect(judged(check, { references: [], trouble: null }).status).toBe('not-applicable');
  });
});
