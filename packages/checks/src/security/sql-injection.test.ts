import { isJsonObject, type Statement, type Wire } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { notes } from '../kit/identity/notes-for-tests.ts';
import { object, said, taken, text } from '../kit/testing/openapi-for-tests.ts';
import { answering, firstOf, judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../kit/testing/scripted-for-tests.ts';
import { check } from './sql-injection.ts';

describe(check.id, () => {
  const failing = recorded(check, 'fail');
  const suspect = firstOf(failing.suspects);
  const payload = `${suspect.start}'"b';--`;
  const seen = (sql: string, place = suspect.place) =>
    judged(check, {
      ...failing,
      suspects: [{ ...suspect, place, statements: [{ ...firstOf(suspect.statements), text: sql }] }],
    });

  it('passes a backend that passes values as parameters', () => {
    expect(judged(check, recorded(check, 'pass'))).toMatchObject({
      status: 'passed',
      reason: expect.stringMatching(/^33 values planted; 10 reached the database/),
    });
  });

  it('tells of a value that became SQL', () => {
    expect(judged(check, failing).findings).toEqual([
      {
        severity: 'critical',
        key: 'listTodos query:q',
        title: expect.stringMatching(/^The query parameter q of listTodos becomes /),
      },
    ]);
  });

  it('sees it in a body, where a column’s name or a direction is chosen, and when the server refused the statement', () => {
    expect(seen(`INSERT INTO t VALUES ('${payload}')`, 'body:/title').findings).toMatchObject([
      { key: 'listTodos body:/title', title: expect.stringMatching(/^The body’s \/title of listTodos/) },
    ]);
    expect(seen(`SELECT a FROM t ORDER BY ${payload}`).status).toBe('failed');
  });

  it('does not mind a value that is quoted rightly: the text is then data', () => {
    expect(seen(`SELECT a FROM t WHERE b = '${payload.replaceAll("'", "''")}'`).status).toBe('passed');
    expect(seen(`SELECT a FROM t WHERE b LIKE '%${payload.replaceAll("'", "''")}%'`).status).toBe('passed');
    expect(seen(`SELECT a FROM t WHERE b = E'${payload.replaceAll("'", "\\'")}'`).status).toBe('passed');
    expect(seen(`SELECT a FROM "${payload.replaceAll('"', '""')}"`).status).toBe('passed');
  });

  it('sees the name of what was sent where code makes columns or conditions of it', () => {
    expect(seen(`UPDATE t SET title = $1, ${payload} = $2`, 'name:body').findings).toMatchObject([
      {
        key: 'listTodos name:body',
        title: expect.stringMatching(/^The name of a member in the body of listTodos becomes/),
      },
    ]);
    expect(seen(`SELECT a FROM t WHERE ${payload} = $1`, 'name:query').findings).toMatchObject([
      { title: expect.stringMatching(/^The name of a query parameter of listTodos becomes/) },
    ]);
    expect(seen(`UPDATE t SET "${payload.replaceAll('"', '""')}" = $1`, 'name:body').status).toBe('passed');
  });

  it('plants names, too', async () => {
    const sent: string[] = [];
    const backend = scripted((line, body) => {
      sent.push(line, JSON.stringify(body ?? null));
      return [201, { id: 1 }];
    });
    const never = (): never => {
      throw new Error('this test plants, and no more');
    };
    const wire = {
      statements: () => [],
      mark: () => 0,
      since: () => [],
      idle: async () => {},
      rule: never,
      shutDown: never,
    };
    await check.probe(contextOf(notes, { ...backend, wire }));
    expect(sent).toContainEqual(expect.stringMatching(/^GET \S+[?&]zq\w+%27%22b%27%3B--=1/));
    expect(sent).toContainEqual(expect.stringMatching(/"zq\w+'\\"b';--":"1"/));
  });

  it('plants behind one of the values that a parameter takes, too', async () => {
    const contract = contractOf({
      '/notes': {
        get: {
          operationId: 'list',
          parameters: [
            { name: 'sort', in: 'query', required: true, schema: { type: 'string', enum: ['-made', 'title'] } },
          ],
          responses: { '200': { description: 'all' } },
        },
      },
    });
    const backend = scripted(() => [200, []]);
    const wire = { mark: () => 0, since: () => [], statements: () => [], idle: async () => {} } as unknown as Wire;
    await check.probe(contextOf(contract, { ...backend, wire }));
    expect(backend.asked).toContainEqual(expect.stringMatching(/[?&]sort=zq/));
    expect(backend.asked).toContainEqual(expect.stringMatching(/[?&]sort=titlezq/));
  });

  describe('with the statements of a backend', () => {
    const item = object({ id: { type: 'integer' }, name: text });
    const contract = contractOf({
      '/report': { get: { operationId: 'report', responses: { '200': said({ type: 'array', items: item }) } } },
      '/categories': {
        post: { operationId: 'make', requestBody: taken(object({ name: text })), responses: { '201': said(item) } },
      },
    });

    /** @param report the statements of a report, with the names that were stored */
    async function told(report: (names: readonly string[]) => readonly string[]) {
      const seen: Statement[] = [];
      const names: string[] = [];
      const say = (sql: string, parameters: readonly string[] = []): void => {
        seen.push({ ...firstOf(suspect.statements), text: sql, parameters });
      };
      const backend = scripted((line, body) => {
        if (line.startsWith('POST')) {
          names.push(String(isJsonObject(body) ? body['name'] : ''));
          say('INSERT INTO categories (name) VALUES ($1)', names.slice(-1));
          return [201, { id: names.length, name: names.at(-1) ?? '' }];
        }
        for (const sql of report(names)) say(sql);
        return [200, []];
      });
      const wire = {
        mark: () => seen.length,
        since: (mark: number) => seen.slice(mark),
        statements: () => seen,
        idle: async () => {},
      } as unknown as Wire;
      return judged(check, await check.probe(contextOf(contract, { ...backend, wire })), contract);
    }

    it('finds what was kept as a value, and became a part of a later statement', async () => {
      const joined = await told((names) => names.map((name) => `SELECT count(*) FROM t WHERE c = '${name}'`));
      expect(joined.findings).toMatchObject([{ key: 'make body:/name' }]);
      const quoted = await told((names) =>
        names.map((name) => `SELECT * FROM t WHERE c = '${name.replaceAll("'", "''")}'`),
      );
      expect(quoted.status).toBe('passed');
    });

    it('sees a value in capitals', async () => {
      const joined = await told((names) => names.map((name) => `SELECT * FROM t ORDER BY a ${name.toUpperCase()}`));
      expect(joined.findings).toMatchObject([{ key: 'make body:/name' }]);
    });
  });

  it('does not infer anything from statuses', () => {
    const exchange = answering(suspect.exchange, 500, { body: { detail: 'syntax error at or near "zq"' } });
    const statements = [{ ...firstOf(suspect.statements), text: 'SELECT a FROM t WHERE b = $1' }];
    expect(judged(check, { ...failing, suspects: [{ ...suspect, exchange, statements }] }).status).toBe('passed');
  });

  it('is undecided when nothing was planted, or everything was turned away', () => {
    const nothing = { planted: 0, reached: 0, suspects: [], turnedAway: null };
    expect(judged(check, nothing).status).toBe('undecided');
    expect(judged(check, { ...failing, turnedAway: answering(suspect.exchange, 401) }).status).toBe('failed');
    expect(judged(check, { ...nothing, planted: 33, turnedAway: answering(suspect.exchange, 401) })).toMatchObject({
      status: 'undecided',
      reason: expect.stringContaining('identities in assay.yaml'),
    });
  });
});
