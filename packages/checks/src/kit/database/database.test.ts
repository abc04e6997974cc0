import type { Instance } from '@assay/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { candidateScans } from './candidate-index.ts';
import { catalogOf, keysOf, type Table } from './catalog.ts';
import { testDatabases, type TestDatabases } from './database-for-tests.ts';
import { missingIndex } from './missing-index.ts';
import { manyRows, multiply } from './multiply.ts';
import { rowCounts } from './new-rows.ts';
import { planOf } from './plan.ts';
import { isAccepted, trial } from './trial.ts';

const schema = `
CREATE TYPE mood AS ENUM ('calm', 'cross');
CREATE TABLE authors (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL, email varchar(40) UNIQUE CHECK (email LIKE '%@%'),
  country text NOT NULL CHECK (country IN ('NO', 'FR')), mood mood NOT NULL DEFAULT 'calm', created_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE books (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, isbn char(13) NOT NULL UNIQUE CHECK (isbn ~ '^[0-9]{13}$'), title text NOT NULL,
  author_id uuid NOT NULL REFERENCES authors, translator_id uuid REFERENCES authors, price numeric(8,2) NOT NULL CHECK (price >= 0),
  CHECK (author_id <> translator_id));
CREATE TABLE shelves (book_id bigint REFERENCES books ON DELETE CASCADE, place text, PRIMARY KEY (book_id, place));
CREATE TABLE rooms (code varchar(12) PRIMARY KEY CHECK (code ~ '^[A-Z]{1,3}-[0-9]{1,6}$'), tax text UNIQUE CHECK (tax ~ '^[A-Z]{2}[0-9]{9}$'));
INSERT INTO rooms SELECT 'AB-' || n, 'DE' || 123456780 + n FROM generate_series(1, 12) n;
CREATE TABLE notes (text text);
CREATE TABLE reviews (id int PRIMARY KEY, text text CHECK (char_length(text) > 3), tags json);
INSERT INTO reviews SELECT n, string_agg(md5(i::text), ''), '{}' FROM generate_series(1, 12) n, generate_series(1, 300) i GROUP BY n;
INSERT INTO authors (name, email, country) SELECT 'Name ' || n, 'a' || n || '@example.com', CASE WHEN n % 2 = 0 THEN 'NO' ELSE 'FR' END FROM generate_series(1, 12) n;
INSERT INTO books (isbn, title, author_id, price) SELECT lpad(n::text, 13, '9'), 'Title ' || n, (SELECT id FROM authors WHERE name = 'Name ' || n), n FROM generate_series(1, 12) n;
INSERT INTO shelves SELECT id, 'top' FROM books;
CREATE TABLE alembic_version (version_num text);
CREATE TABLE schema_info (version integer NOT NULL);
CREATE TABLE password_resets (email text NOT NULL, token text NOT NULL);
`;

let databases: TestDatabases;
let instance: Instance;
let tables: readonly Table[];
beforeAll(async () => {
  databases = await testDatabases();
  instance = await databases.open(schema);
  tables = await catalogOf(instance);
});
afterAll(() => databases.close());

const named = (name: string): Table => {
  const found = tables.find((table) => table.name === name);
  if (found === undefined) throw new Error(`no table ${name}`);
  return found;
};

describe('the catalog', () => {
  it('has the tables of the backend and not those of its tools', () => {
    expect(tables.map(({ name }) => name)).toEqual(['authors', 'books', 'notes', 'reviews', 'rooms', 'shelves']);
  });

  it('tells columns, keys, indexes and what refers to what', () => {
    expect(named('books').columns.map(({ name, type, notNull }) => `${name} ${type} ${notNull}`)).toContain(
      'price numeric(8,2) true',
    );
    expect(named('books').foreignKeys.map(({ columns, target, onDelete }) => [columns, target, onDelete])).toEqual([
      [['author_id'], named('authors').key, 'refuse'],
      [['translator_id'], named('authors').key, 'refuse'],
    ]);
    expect(named('shelves').foreignKeys.map(({ onDelete }) => onDelete)).toEqual(['cascade']);
    expect(keysOf(named('shelves'))).toEqual([['book_id', 'place']]);
    expect(keysOf(named('authors'))).toEqual([['id']]);
    expect(keysOf(named('notes'))).toEqual([]);
  });

  it('takes for a key what is one without a B-tree, and what may be null once', async () => {
    const told = await databases.open(
      `CREATE TABLE stays (room int4range NOT NULL, during tstzrange NOT NULL, PRIMARY KEY (room, during WITHOUT OVERLAPS));
       CREATE TABLE texts (language text, key text NOT NULL, UNIQUE NULLS NOT DISTINCT (language, key));
       CREATE TABLE nicks (name text, UNIQUE (name))`,
    );
    const keys = (await catalogOf(told)).map((table) => [table.name, keysOf(table)]);
    expect(keys).toEqual([
      ['nicks', []],
      ['stays', [['room', 'during']]],
      ['texts', [['language', 'key']]],
    ]);
  });
});

it('a domain over a domain is of the type below both', async () => {
  const told = await databases.open(
    `CREATE DOMAIN amount AS double precision; CREATE DOMAIN price AS amount; CREATE TABLE goods (price price)`,
  );
  expect((await catalogOf(told))[0]?.columns).toMatchObject([{ type: 'price', baseType: 'double precision' }]);
});

it('a plan finds tables in schemas of any name', async () => {
  const told = await databases.open(`CREATE SCHEMA "My App"; CREATE TABLE "My App".todos (id int PRIMARY KEY)`);
  expect((await planOf(told, ['My App'], 'SELECT * FROM todos')).text).toContain('Seq Scan on todos');
});

describe('a trial', () => {
  it('tells what it found and leaves nothing behind', async () => {
    const rows = await trial(
      instance,
      `INSERT INTO notes VALUES ('one'); SELECT to_jsonb(count(*)) INTO result FROM notes;`,
    );
    expect(rows).toBe(1);
    expect((await rowCounts(instance, tables)).get(named('notes').key)).toBe(0);
  });

  it('tells what the database would take, deferred constraints too', async () => {
    expect(await isAccepted(instance, `INSERT INTO notes VALUES ('one')`)).toBe(true);
    expect(await isAccepted(instance, `UPDATE books SET price = -1`)).toBe(false);
    expect(await isAccepted(instance, `UPDATE books SET price = 1 WHERE false`)).toBe(false);
    const deferred = await databases.open(
      `CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a int REFERENCES a DEFERRABLE INITIALLY DEFERRED)`,
    );
    expect(await isAccepted(deferred, 'INSERT INTO b VALUES (1)')).toBe(false);
  });

  it('throws what is wrong with itself', async () => {
    await expect(trial(instance, 'SELECT nonsense;')).rejects.toThrow('nonsense');
  });
});

it('many rows are made under rules that are held at the end, keys of two columns, and parents that do not grow', async () => {
  const board = await databases.open(`
    CREATE TABLE people (id text PRIMARY KEY);
    CREATE TABLE boards (id text PRIMARY KEY);
    CREATE TABLE lanes (id text PRIMARY KEY, board text NOT NULL REFERENCES boards, place int NOT NULL,
      UNIQUE (id, board), UNIQUE (board, place) DEFERRABLE INITIALLY DEFERRED);
    CREATE TABLE cards (id text PRIMARY KEY, board text NOT NULL REFERENCES boards, lane text NOT NULL,
      FOREIGN KEY (lane, board) REFERENCES lanes (id, board));
    CREATE TABLE members (board text REFERENCES boards, person text REFERENCES people, PRIMARY KEY (board, person));
    INSERT INTO people VALUES ('ada');
    INSERT INTO boards SELECT 'board ' || n FROM generate_series(1, 12) n;
    INSERT INTO lanes SELECT 'lane ' || n, 'board ' || n, n FROM generate_series(1, 12) n;
    INSERT INTO cards SELECT 'card ' || n, 'board ' || n, 'lane ' || n FROM generate_series(1, 12) n;
    INSERT INTO members SELECT 'board ' || n, 'ada' FROM generate_series(1, 12) n;`);
  const all = await catalogOf(board);
  const { unfilled } = await multiply(
    board,
    all,
    all.filter(({ name }) => name !== 'people'),
  );
  expect(unfilled).toEqual([]);
});

it.each([
  ['columns of any name', 'id int PRIMARY KEY, t timestamptz, g int, b int', `n, now(), n, n`],
  ['a partition by time', 'at timestamptz NOT NULL, id int, PRIMARY KEY (id, at)', 'now(), n'],
  [
    'a moment bound to a day',
    'id int PRIMARY KEY, day date, at timestamptz, CHECK (at > day)',
    `n, current_date, current_date + interval '1 hour'`,
  ],
  [
    'a moment that may not be earlier',
    `id int PRIMARY KEY, at timestamptz UNIQUE CHECK (at >= current_date)`,
    `n, current_date + n * interval '1 ms'`,
  ],
])('many rows are made with %s', async (what, columns, row) => {
  const partition = `DO 'BEGIN EXECUTE format(''CREATE TABLE log_now PARTITION OF log FOR VALUES FROM (%L) TO (%L)'', now() - interval ''1 hour'', now() + interval ''1 day''); END'`;
  const told = await databases.open(
    `CREATE TABLE log (${columns}) ${what.includes('partition') ? `PARTITION BY RANGE (at); ${partition}` : ''};
     INSERT INTO log SELECT ${row} FROM generate_series(1, 16) n`,
  );
  const all = await catalogOf(told);
  expect((await multiply(told, all, all)).unfilled).toEqual([]);
});

it('many rows leave the next numbers to a sequence that nothing but the backend knows of', async () => {
  const told = await databases.open(
    `CREATE SEQUENCE accounts_seq; CREATE TABLE accounts (id bigint PRIMARY KEY); CREATE TABLE seats (row smallint PRIMARY KEY);
     INSERT INTO accounts SELECT nextval('accounts_seq') FROM generate_series(1, 16); INSERT INTO seats SELECT n FROM generate_series(1, 16) n`,
  );
  const all = await catalogOf(told);
  expect((await multiply(told, all, all)).unfilled).toEqual([]);
  await told.sql(`INSERT INTO accounts SELECT nextval('accounts_seq') FROM generate_series(1, 100)`);
});

describe('many rows', () => {
  beforeAll(async () => {
    const grown = ['shelves', 'books', 'authors', 'rooms'].map(named);
    expect(await multiply(instance, tables, grown)).toMatchObject({
      filled: [{ name: 'authors' }, { name: 'books' }, { name: 'shelves' }, { name: 'rooms' }],
      unfilled: [],
    });
  });

  it('are made under all the rules of the tables', async () => {
    const counts = await rowCounts(instance, tables);
    for (const name of ['authors', 'books', 'shelves', 'rooms'])
      expect(counts.get(named(name).key)).toBeGreaterThan(manyRows * 0.9);
    const [spread] = await instance.sql('SELECT count(DISTINCT author_id)::int AS n FROM books');
    expect(spread?.['n']).toBeGreaterThan(manyRows / 2);
    const [short] = await instance.sql('SELECT count(DISTINCT country)::int AS n FROM authors');
    expect(short?.['n']).toBe(2);
  });

  const missing = (statement: string) =>
    missingIndex(instance, [], ['authors', 'books', 'shelves'].map(named), statement);

  it('show an index that is missing, and what it would do', async () => {
    const found = await missing(`SELECT * FROM books WHERE author_id = (SELECT min(author_id::text)::uuid FROM books)`);
    expect(found).toBeNull();
    const [one] = await instance.sql('SELECT author_id FROM books WHERE id = 5');
    const found2 = await missing(`SELECT b.* FROM books b WHERE b.author_id = '${String(one?.['author_id'])}'`);
    expect(found2).toMatchObject({ table: 'books', on: ['"author_id"'] });
    expect(found2?.before.text).toContain('Seq Scan on books');
    expect(found2?.after.text).toContain('assay_candidate');
    expect(found2?.pages.before).toBeGreaterThan((found2?.pages.after ?? 0) * 10);
  });

  it('show a page that is sorted out of the whole table', async () => {
    expect(await missing('SELECT * FROM books ORDER BY title, id LIMIT 20')).toMatchObject({
      on: ['"title"', '"id"'],
    });
    expect(await missing('SELECT * FROM authors a ORDER BY a.created_at DESC NULLS LAST LIMIT 20')).toMatchObject({
      on: ['"created_at" DESC NULLS LAST'],
    });
    expect(await missing('SELECT * FROM books ORDER BY id DESC LIMIT 20')).toBeNull();
    // An index that only goes the other way is not told of.
    expect(await missing('SELECT * FROM books ORDER BY id DESC NULLS LAST, title LIMIT 20')).toBeNull();
  });

  it('counts only what the index has to do with, not what is asked for each row besides', async () => {
    const found = await missing(
      'SELECT a.id, (SELECT count(*) FROM books b WHERE b.isbn > a.name) FROM authors a ORDER BY a.name, a.id LIMIT 3',
    );
    expect(found).toBeNull();
    const page = await missing(
      'SELECT b.id, (SELECT a.name FROM authors a WHERE a.id = b.author_id) FROM books b ORDER BY b.title, b.id LIMIT 50',
    );
    expect(page).toMatchObject({ table: 'books', on: ['"title"', '"id"'] });
    expect(page?.pages.after).toBeLessThan(page?.after.pages ?? 0);
  });

  it('show an expression that no index has', async () => {
    expect(await missing(`SELECT * FROM authors WHERE lower(email) = 'a3@example.com'`)).toMatchObject({
      on: ['lower(("email")::text)'],
    });
  });

  it('show an index that would lead to what is changed or deleted, which then is still there', async () => {
    const [one] = await instance.sql('SELECT author_id, title FROM books WHERE id = 5');
    const found = await missing(
      `UPDATE books b SET price = 2 WHERE b.author_id = '${String(one?.['author_id'])}' RETURNING b.id`,
    );
    expect(found).toMatchObject({ table: 'books', on: ['"author_id"'] });
    expect(found?.before.text).toContain('Seq Scan on books');
    const deletion = await missing(`DELETE FROM books WHERE title = '${String(one?.['title'])}'`);
    expect(deletion).toMatchObject({ table: 'books', on: ['"title"'] });
    expect(deletion?.before.rows).toBeGreaterThan(0);
    expect(await missing('UPDATE books SET price = 2 WHERE id = 5')).toBeNull();
    expect(await missing('DELETE FROM books WHERE price < 6')).toBeNull();
    // The same within a statement: it is shown as it is planned, since what it deletes would not be found a second time.
    const within = `WITH gone AS (DELETE FROM books WHERE title = '${String(one?.['title'])}' RETURNING id) SELECT id FROM gone`;
    expect((await planOf(instance, [], within)).text).not.toContain('actual');
    // What finds the rows counts, and not what is worked out first.
    const many = `WITH one AS (SELECT id FROM books LIMIT 1) UPDATE books b SET price = b.price + 1 FROM one WHERE b.id <> one.id AND b.price < 6`;
    expect((await planOf(instance, [], many)).rows).toBeGreaterThan(200);
    expect(await instance.sql('SELECT 1 FROM books WHERE id = 5 AND price <> 2')).toHaveLength(1);
  });

  it('leave alone what no index mends, and what has one', async () => {
    expect(await missing(`SELECT * FROM books WHERE title LIKE '%itle 7%'`)).toBeNull();
    expect(await missing(`SELECT * FROM authors WHERE country = 'NO' LIMIT 20`)).toBeNull();
    expect(await missing(`SELECT count(*) FROM books`)).toBeNull();
    expect(await missing(`SELECT * FROM authors WHERE email = 'a3@example.com'`)).toBeNull();
  });

  it('show that the key of two columns leads to the first of them only', async () => {
    const found = await missing(`SELECT book_id FROM shelves WHERE place = 'attic' LIMIT 20`);
    expect(found).toMatchObject({ table: 'shelves', on: ['"place"'] });
  });

  it('try no index that cannot be made', async () => {
    const reviews = named('reviews');
    await multiply(instance, [reviews], [reviews]);
    expect(
      await missingIndex(instance, [], [reviews], `SELECT id FROM reviews WHERE tags ->> 'a' = 'b' OR text = 'c'`),
    ).toBeNull();
  });

  it('leave alone what an index would only be a narrower table for', async () => {
    await instance.sql(
      `CREATE TABLE carts (id int PRIMARY KEY, deleted_at timestamptz, note text);
       INSERT INTO carts SELECT n, NULL, repeat('x', 500) FROM generate_series(1, 24000) n`,
    );
    const carts = (await catalogOf(instance)).filter(({ name }) => name === 'carts');
    const statement = 'SELECT count(*) FROM carts WHERE deleted_at IS NULL';
    // As long as another database is being made, the server holds no row for visible to all, and the planner would not take the index at all.
    await vi.waitFor(
      async () => {
        await instance.sql('VACUUM (ANALYZE) carts');
        const before = await planOf(instance, [], statement);
        const after = await planOf(instance, [], statement, ['CREATE INDEX assay_candidate ON carts (deleted_at)']);
        expect(candidateScans(after)).toHaveLength(1);
        expect(before.pages).toBeGreaterThan(after.pages * 20);
        expect(before.cost).toBeGreaterThan(after.cost * 2);
      },
      { timeout: 30_000, interval: 200 },
    );
    expect(await missingIndex(instance, [], carts, statement)).toBeNull();
  });

  const ofOne = async (more: string, statement = `t.owner = 'ada' ORDER BY t.made_at DESC LIMIT 20`) => {
    await instance.sql(
      `DROP TABLE IF EXISTS tasks; CREATE TABLE tasks (id int PRIMARY KEY, owner text NOT NULL, made_at timestamptz NOT NULL, note text);
       INSERT INTO tasks SELECT n, 'ada', now() - n * interval '1 minute', repeat('x', 100) FROM generate_series(1, 24000) n;
       ${more}`,
    );
    await instance.sql('VACUUM (ANALYZE) tasks');
    const tasks = (await catalogOf(instance)).filter(({ name }) => name === 'tasks');
    return missingIndex(instance, [], tasks, `SELECT * FROM tasks t WHERE ${statement}`);
  };

  it('leave alone the order of the rows of an owner that an index leads to, when all are of one owner', async () => {
    expect(await ofOne('CREATE INDEX ON tasks (owner)')).toBeNull();
    expect(await ofOne('CREATE INDEX ON tasks (note)')).toMatchObject({ table: 'tasks' });
    expect(await ofOne(`CREATE INDEX ON tasks (owner); UPDATE tasks SET owner = 'bob' WHERE id % 2 = 0`)).toMatchObject(
      { table: 'tasks' },
    );
  });

  it('leave alone what is looked for among the rows of one owner that an index leads to', async () => {
    const kinds = `UPDATE tasks SET note = (id % 1000)::text`;
    const ofAKind = `t.owner = 'ada' AND t.note = '7'`;
    expect(await ofOne(`CREATE INDEX ON tasks (owner, id); ${kinds}`, ofAKind)).toBeNull();
    expect(await ofOne(kinds, ofAKind)).toMatchObject({ on: ['"note"'], finds: true });
    expect(await ofOne(kinds, `t.note = 'other'`)).toMatchObject({ on: ['"note"'], finds: false });
  });

  it('show that each side of an OR needs an index, and only where it asks for a value', async () => {
    const sides = `UPDATE tasks SET owner = 'of ' || id, note = (id % 3000)::text`;
    const either = `t.owner = 'of 7' OR t.note = '7'`;
    expect(await ofOne(sides, either)).toMatchObject({ on: ['"owner"', '"note"'], isEach: true, finds: true });
    expect(await ofOne(`CREATE INDEX ON tasks (owner, id); ${sides}`, either)).toMatchObject({
      on: ['"note"'],
      isEach: false,
    });
    expect(await ofOne(`CREATE INDEX ON tasks (owner); CREATE INDEX ON tasks (note); ${sides}`, either)).toBeNull();
    expect(await ofOne(sides, `t.owner = 'of 7' OR t.note LIKE '7%7'`)).toBeNull();
    // What no row has on one side may be a choice.
    expect(await ofOne(sides, `t.owner = 'of 7' OR t.note = 'blocked'`)).toMatchObject({ isEach: true, finds: false });
  });

  it('leave alone the order of what an owner is a member of, when there is one owner', async () => {
    const ofMembers = async (owner: string) => {
      await instance.sql(
        `DROP TABLE IF EXISTS members, teams;
         CREATE TABLE teams (id int PRIMARY KEY, made_at timestamptz NOT NULL, note text);
         CREATE TABLE members (team_id int REFERENCES teams, owner text, PRIMARY KEY (team_id, owner));
         CREATE INDEX ON members (owner);
         INSERT INTO teams SELECT n, now() - n * interval '1 minute', repeat('x', 100) FROM generate_series(1, 24000) n;
         INSERT INTO members SELECT n, ${owner} FROM generate_series(1, 24000) n;`,
      );
      for (const table of ['teams', 'members']) await instance.sql(`VACUUM (ANALYZE) ${table}`);
      const tables = (await catalogOf(instance)).filter(({ name }) => ['teams', 'members'].includes(name));
      const statement = `SELECT t.* FROM teams t JOIN members m ON m.team_id = t.id AND m.owner = 'ada' ORDER BY t.made_at DESC LIMIT 20`;
      return missingIndex(instance, [], tables, statement);
    };
    expect(await ofMembers(`'ada'`)).toBeNull();
    expect(await ofMembers(`CASE n % 2 WHEN 0 THEN 'ada' ELSE 'bob' END`)).toMatchObject({ table: 'teams' });
  });

  it('say nothing of a table whose policies hold for the backend', async () => {
    await expect(ofOne('ALTER TABLE tasks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY')).rejects.toThrow(
      'policies hold for tasks',
    );
  });

  it('find a join that goes through a whole table', async () => {
    await instance.sql('CREATE INDEX ON books (title)');
    expect(
      await missing(
        `SELECT b.title, a.name FROM authors a JOIN books b ON b.author_id = a.id WHERE a.email = 'a3@example.com'`,
      ),
    ).toMatchObject({ table: 'books', on: ['"author_id"'] });
  });
});
