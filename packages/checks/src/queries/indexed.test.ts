import type { Instance, Statement, Wire } from '@assay/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabases, type TestDatabases } from '../kit/database/database-for-tests.ts';
import { literal } from '../kit/database/quote.ts';
import { statementsOf } from '../kit/database/statements-for-tests.ts';
import { exchangeOf, judged, recorded, todo } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../kit/testing/scripted-for-tests.ts';
import { check } from './indexed.ts';

describe(check.id, () => {
  it('judges what was recorded of a reference and of a mutant', () => {
    expect(judged(check, recorded(check, 'pass')).status).toBe('passed');
    expect(judged(check, recorded(check, 'fail')).findings).toHaveLength(1);
  });

  const slow = {
    operation: 'listEntries',
    by: null,
    exchange: exchangeOf('GET /accounts/1/entries', 200, { body: { items: [] } }),
    statement: {
      id: 1,
      connection: 1,
      transaction: null,
      protocol: 'extended' as const,
      text: 'SELECT id FROM entries WHERE account_id = $1 ORDER BY id DESC LIMIT $2',
      parameters: ['0d5c', 21],
      rows: 3,
      command: 'SELECT',
      startedAt: 0,
      durationMs: 1,
    },
    table: 'entries',
    on: ['"account_id"', '"id" DESC'],
    before: { plan: 'Seq Scan on entries', cost: 812.4, pages: 420 },
    after: { plan: 'Index Scan using assay_candidate on entries', cost: 8.3, pages: 5 },
  };
  const evidence = { filled: ['accounts', 'entries'], unfilled: [], planned: 11, slow: [], trouble: null };

  it('passes when every statement that was planned has its index', () => {
    expect(judged(check, evidence)).toMatchObject({
      status: 'passed',
      reason: '11 statements planned on many rows in accounts and entries',
    });
    const unfilled = [{ table: 'tags', reason: 'violates check constraint' }];
    expect(judged(check, { ...evidence, unfilled }).reason).toContain('tags could not be filled');
    expect(judged(check, { ...evidence, filled: [], planned: 0, unfilled })).toMatchObject({
      status: 'undecided',
      reason: 'tags could not be filled with rows like those that are there: violates check constraint',
    });
  });

  it('names the table and the columns of the index that is missing', () => {
    expect(judged(check, { ...evidence, slow: [slow, { ...slow, by: 'from' }] }).findings).toEqual([
      {
        severity: 'high',
        key: 'entries (account_id, id DESC)',
        title:
          'listEntries goes through entries row by row: 420 of its pages read, 5 with an index on (account_id, id DESC)',
      },
    ]);
    expect(judged(check, { ...evidence, slow: [{ ...slow, by: 'tag' }] }).findings).toMatchObject([
      { title: expect.stringContaining('listEntries by tag goes through') },
    ]);
    const elsewhere = { ...slow, operation: 'getAccount' };
    expect(judged(check, { ...evidence, slow: [slow, elsewhere, elsewhere] }).findings).toMatchObject([
      { key: 'entries (account_id, id DESC)', title: expect.stringMatching(/; the same in 1 other operation$/) },
    ]);
  });

  it('names the indexes that both sides of an OR need', () => {
    const either = { ...slow, on: ['"sender"', '"receiver"'], isEach: true };
    const [found] = check.judge({ ...evidence, slow: [either] }, todo).findings;
    expect(found).toMatchObject({
      key: 'entries (sender), (receiver)',
      title: expect.stringContaining('with an index on (sender) and on (receiver)'),
      fix: expect.stringContaining('CREATE INDEX ON entries (sender); CREATE INDEX ON entries (receiver).'),
    });
  });

  it('is undecided when nothing was planned', () => {
    expect(judged(check, { ...evidence, planned: 0 }).reason).toBe('no statement of a request could be planned');
    expect(judged(check, { ...evidence, filled: [], planned: 0, trouble: 'POST /a answered 401' })).toMatchObject({
      status: 'undecided',
      reason: 'POST /a answered 401',
    });
  });
});

describe('what writes', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await testDatabases();
  });
  afterAll(() => databases.close());

  const member = { type: 'object', required: ['email'], properties: { email: { type: 'string', minLength: 8 } } };
  const content = (schema: object) => ({ content: { 'application/json': { schema: schema as typeof member } } });
  const shown = content({ type: 'object', properties: { id: { type: 'integer' } } });
  const answers = { 200: { description: 'It', ...shown }, 201: { description: 'Made', ...shown } };
  const contract = contractOf({
    '/members': { post: { operationId: 'join', requestBody: content(member), responses: answers } },
    '/members/{id}': {
      get: {
        operationId: 'read',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        responses: answers,
      },
    },
    '/reminders': { post: { operationId: 'remind', requestBody: content(member), responses: answers } },
  });

  /** Joins members, and marks those that an email belongs to; what it said to its database is on the wire. */
  async function club(indexes: string): Promise<Instance> {
    const database = await databases.open(
      `CREATE TABLE members (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL, note text, state text NOT NULL DEFAULT 'new'); ${indexes}`,
    );
    const said: Statement[] = [];
    const says = async (text: string): Promise<number> => {
      const rows = await database.sql(text);
      said.push(...statementsOf(text).map((one) => ({ ...one, rows: rows.length })));
      return Number(rows[0]?.['id']);
    };
    const answer = async (line: string, body: string) => {
      if (line.startsWith('GET')) {
        // Who asks logs in before the first request.
        if (!said.some(({ text }) => text.includes('email =')))
          await says(`SELECT id FROM members WHERE email = 'ada'`);
        return says(`SELECT id FROM members WHERE id = ${line.split('/').at(-1)}`);
      }
      const email = literal(String((JSON.parse(body) as { readonly email: string }).email));
      if (line !== 'POST /members') {
        await says(`UPDATE members SET note = 'left' WHERE state = 'leaving' RETURNING id`);
        return says(`SELECT id FROM members WHERE email = ${email}`);
      }
      return says(`INSERT INTO members (email, note) VALUES (${email}, repeat('x', 150)) RETURNING id`);
    };
    const wire: Partial<Wire> = {
      mark: () => said.length,
      since: (mark) => said.slice(mark),
      idle: async () => {},
      statements: () => said,
    };
    return {
      ...scripted(() => [200]),
      sql: database.sql,
      wire: wire as Wire,
      send: async (request) => {
        const id = await answer(`${request.method} ${request.target}`, String(request.body ?? ''));
        return exchangeOf(`${request.method} ${request.target}`, 200, { body: { id } });
      },
    };
  }

  it('is asked for what it looks for, but not for a choice that nothing was given', async () => {
    const slow = await check.probe(contextOf(contract, await club('')));
    expect(judged(check, slow).findings).toMatchObject([{ key: 'members (email)' }]);
    const quick = await check.probe(contextOf(contract, await club('CREATE INDEX ON members (email)')));
    expect(judged(check, quick)).toMatchObject({ status: 'passed', findings: [] });
  });

  it('has nothing against what none of the rows has that are made here', async () => {
    const database = await databases.open(
      `CREATE TABLE posts (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text DEFAULT repeat('x', 200), status text DEFAULT 'draft', published_at timestamptz);
       CREATE INDEX ON posts (published_at DESC)`,
    );
    const said: Statement[] = [];
    const says = async (text: string) => {
      const rows = await database.sql(text);
      said.push(...statementsOf(text).map((one) => ({ ...one, rows: rows.length })));
      return rows.map((row) => ({ id: Number(row['id']) }));
    };
    const statements: Readonly<Record<string, string>> = {
      'POST /posts': 'INSERT INTO posts DEFAULT VALUES RETURNING id',
      'GET /posts': `SELECT id FROM posts WHERE status = 'published' ORDER BY published_at DESC LIMIT 20`,
      'GET /stats': `SELECT count(*)::int AS id FROM posts WHERE status = 'published'`,
    };
    const listed = content({ type: 'array', items: shown.content['application/json'].schema });
    const blog = contractOf({
      '/posts': {
        post: { operationId: 'write', responses: { 201: { description: 'Made', ...shown } } },
        get: { operationId: 'listPosts', responses: { 200: { description: 'All', ...listed } } },
      },
      '/stats': { get: { operationId: 'stats', responses: answers } },
    });
    const wire: Partial<Wire> = {
      mark: () => said.length,
      since: (mark) => said.slice(mark),
      idle: async () => {},
      statements: () => said,
    };
    const evidence = await check.probe(
      contextOf(blog, {
        ...scripted(() => [200]),
        sql: database.sql,
        wire: wire as Wire,
        send: async ({ method, target }) => {
          const line = `${method} ${target}`;
          const rows = await says(statements[line] ?? '');
          return exchangeOf(line, method === 'POST' ? 201 : 200, {
            body: line === 'GET /posts' ? rows : (rows[0] ?? {}),
          });
        },
      }),
    );
    expect(judged(check, evidence)).toMatchObject({
      status: 'passed',
      reason: '1 statement planned on many rows in posts',
    });
  });
});
