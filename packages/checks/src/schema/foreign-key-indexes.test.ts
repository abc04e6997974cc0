import type { Statement, Wire } from '@assay/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabases, type TestDatabases } from '../kit/database/database-for-tests.ts';
import { statementsOf } from '../kit/database/statements-for-tests.ts';
import { exchangeOf, judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../kit/testing/scripted-for-tests.ts';
import { check } from './foreign-key-indexes.ts';

describe(check.id, () => {
  it('judges what was recorded of a reference and of a mutant', () => {
    expect(judged(check, recorded(check, 'pass')).status).toBe('passed');
    expect(judged(check, recorded(check, 'fail')).findings).toHaveLength(1);
  });

  const unindexed = {
    table: 'entries',
    columns: ['account_id'],
    target: 'accounts',
    operation: 'deleteAccount',
    statement: 'SELECT 1 FROM ONLY entries x WHERE account_id = 1 FOR KEY SHARE OF x',
    before: { plan: 'Seq Scan on entries x', pages: 420 },
    after: { plan: 'Index Scan using assay_candidate on entries x', pages: 3 },
  };
  const evidence = {
    asked: ['entries.account_id', 'movements.to_account_id'],
    unindexed: [],
    deletedFrom: ['accounts'],
    trouble: null,
  };

  it('passes when an index leads to all that refers', () => {
    expect(judged(check, evidence)).toMatchObject({
      status: 'passed',
      reason: '2 foreign keys that a delete asks: entries.account_id and movements.to_account_id',
    });
  });

  it('says with what it found that others could not be seen', () => {
    expect(judged(check, { ...evidence, trouble: 'POST /posts answered 500' }).reason).toBe(
      '2 foreign keys that a delete asks: entries.account_id and movements.to_account_id; others could not be seen: POST /posts answered 500',
    );
    expect(judged(check, { ...evidence, unindexed: [unindexed], trouble: 'POST /posts answered 500' }).reason).toBe(
      '1 finding; others could not be seen: POST /posts answered 500',
    );
  });

  it('tells of a foreign key that has none, with what a delete reads for it', () => {
    expect(judged(check, { ...evidence, unindexed: [unindexed] }).findings).toEqual([
      {
        severity: 'medium',
        key: 'entries (account_id)',
        title:
          'the foreign key entries (account_id) has no index: deleteAccount makes PostgreSQL read all 420 pages of entries, where an index needs 3',
      },
    ]);
  });

  it('has nothing to say where no row goes, or nothing refers to it', () => {
    expect(judged(check, { ...evidence, asked: [], deletedFrom: [] })).toMatchObject({
      status: 'not-applicable',
      reason: 'no request was seen to delete a row',
    });
    expect(judged(check, { ...evidence, asked: [] }).reason).toContain('refers to accounts');
    expect(judged(check, { ...evidence, asked: [], trouble: 'POST /a answered 401' }).status).toBe('undecided');
  });
});

describe('a delete', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await testDatabases();
  });
  afterAll(() => databases.close());

  const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
  const shown = { 'application/json': { schema: { type: 'object', properties: { id: { type: 'integer' } } } } };
  const contract = contractOf({
    '/accounts': { post: { operationId: 'open', responses: { 201: { description: 'Made', content: shown } } } },
    '/accounts/{id}': {
      delete: { operationId: 'close', parameters: [id], responses: { 204: { description: 'Gone' } } },
    },
  } as never);

  /** A bank that opens each account with an entry. */
  async function told(schema: string, key = 'int GENERATED ALWAYS AS IDENTITY', values = 'DEFAULT VALUES') {
    const database = await databases.open(`CREATE TABLE accounts (id ${key} PRIMARY KEY, name text); ${schema}`);
    const said: Statement[] = [];
    const says = async (text: string) => {
      said.push(...statementsOf(text));
      return Number((await database.sql(text))[0]?.['id']);
    };
    const wire: Partial<Wire> = { mark: () => said.length, since: (mark) => said.slice(mark), idle: async () => {} };
    const answer = async (method: string, target: string) => {
      const account =
        method === 'POST' ? await says(`INSERT INTO accounts ${values} RETURNING id`) : target.split('/').at(-1);
      if (method === 'POST') await says(`INSERT INTO entries (account_id, note) VALUES (${account}, repeat('x', 150))`);
      else
        for (const [table, column] of [
          ['entries', 'account_id'],
          ['accounts', 'id'],
        ])
          await says(`DELETE FROM ${table} WHERE ${column} = ${account}`);
      return exchangeOf(`${method} ${target}`, method === 'POST' ? 201 : 204, { body: { id: Number(account) } });
    };
    const backend = {
      ...scripted(() => [200]),
      sql: database.sql,
      wire: wire as Wire,
      send: async ({ method, target }: { readonly method: string; readonly target: string }) => {
        try {
          return await answer(method, target);
        } catch {
          return exchangeOf(`${method} ${target}`, 500);
        }
      },
    };
    return judged(check, await check.probe(contextOf(contract, backend)), contract);
  }

  it('of a name that two schemas have is from the one whose table grows', async () => {
    const entries =
      'CREATE TABLE entries (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, account_id int REFERENCES accounts, note text)';
    const archive = 'CREATE SCHEMA archive; CREATE TABLE archive.accounts (id int PRIMARY KEY)';
    expect((await told(`${entries}; ${archive}`)).findings).toMatchObject([{ key: 'entries (account_id)' }]);
  });

  it('is of one that was made before where none can be made any more', async () => {
    const entries =
      'CREATE TABLE entries (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, account_id int REFERENCES accounts, note text)';
    // Small numbers out of a sequence that knows nothing of the rows which were made: they are taken.
    const taken = await told(`CREATE SEQUENCE numbers; ${entries}`, 'smallint', `(id) SELECT nextval('numbers')`);
    expect(taken.findings).toMatchObject([{ key: 'entries (account_id)' }]);
  });

  it('that is refused leaves it undecided', async () => {
    const entries =
      'CREATE TABLE entries (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, account_id int REFERENCES accounts, note text)';
    const kept = `CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'kept'; END $$;
      CREATE TRIGGER keep BEFORE DELETE ON entries FOR EACH ROW EXECUTE FUNCTION keep()`;
    expect(await told(`${entries}; ${kept}`)).toMatchObject({
      status: 'undecided',
      reason: expect.stringMatching(/^DELETE \/accounts\/\d+ answered 500/),
    });
  });

  it('asks for nothing where no table refers to another one', async () => {
    expect(await told('CREATE TABLE entries (account_id int, note text)')).toMatchObject({
      status: 'not-applicable',
      reason: 'no table has a foreign key',
    });
  });

  it.each([
    '',
    `PARTITION BY HASH (id); CREATE TABLE entries_a PARTITION OF entries FOR VALUES WITH (MODULUS 2, REMAINDER 0);
     CREATE TABLE entries_b PARTITION OF entries FOR VALUES WITH (MODULUS 2, REMAINDER 1)`,
  ])('reads all that may refer to its row where no index leads there: %s', async (partitioned) => {
    const entries = `CREATE TABLE entries (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, account_id int REFERENCES accounts, note text) ${partitioned}`;
    expect((await told(entries)).findings).toMatchObject([{ key: 'entries (account_id)' }]);
    expect(await told(`${entries}; CREATE INDEX ON entries (account_id)`)).toMatchObject({
      status: 'passed',
      reason: '1 foreign key that a delete asks: entries.account_id',
    });
  });
});
