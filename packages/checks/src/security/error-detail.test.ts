import type { Json, Wire } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { answering, firstOf, judged, recorded, todo } from '../kit/testing/recordings-for-tests.ts';
import { contextOf } from '../kit/testing/scripted-for-tests.ts';
import { served } from '../kit/testing/served-for-tests.ts';
import { check } from './error-detail.ts';

describe(check.id, () => {
  const failing = recorded(check, 'fail');
  const suspect = firstOf(failing.suspects);
  const said = (body: Json) =>
    judged(check, { ...failing, suspects: [{ ...suspect, exchange: answering(suspect.exchange, 500, { body }) }] });

  it('passes a backend that keeps its inside to itself', () => {
    expect(judged(check, recorded(check, 'pass'))).toMatchObject({
      status: 'passed',
      reason: '321 error answers read',
    });
  });

  it('tells of an answer that has the database’s own words, once for one cause', () => {
    const { status, findings } = judged(check, failing);
    expect(status).toBe('failed');
    expect(findings).toHaveLength(1);
    expect(findings).toMatchObject([
      {
        severity: 'medium',
        key: 'listTodos the text of a database error',
        title: expect.stringMatching(
          /^GET \/todos.* answered 500 with the text of a database error in its body: .*assayfault.*; the same at 2 other operations$/,
        ),
      },
    ]);
  });

  it('tells of traces and statements of other languages', () => {
    expect(said({ detail: 'SQLSTATE[08006] server closed' }).findings).toMatchObject([
      { key: 'listTodos a database error' },
    ]);
    expect(said('Traceback (most recent call last):').findings).toMatchObject([
      { key: 'listTodos a Python traceback' },
    ]);
  });

  it('does not mind words that are meant for the client, nor a framework’s plain 404', () => {
    expect(said({ type: 'about:blank', status: 500, detail: 'Something went wrong here. Request 7f3a.' }).status).toBe(
      'passed',
    );
    expect(said({ detail: [{ loc: ['body', 'title'], msg: 'Field required', type: 'missing' }] }).status).toBe(
      'passed',
    );
    expect(said('<pre>Cannot GET /assay-no-such-path</pre>').status).toBe('passed');
  });

  it('says in a pass which operations the database could not fail for', () => {
    expect(judged(check, { ...recorded(check, 'pass'), notAsked: ['readBook', 'dropBook'] })).toMatchObject({
      status: 'passed',
      reason:
        '321 error answers read, but of 2 operations no request could be made to send while the database reports an error (readBook, dropBook)',
    });
  });

  it('keeps one answer of each operation and kind of leak, and tells what it could not ask', async () => {
    const wire: Partial<Wire> = { rule: () => ({ id: 'r-1', fired: () => 0, remove: () => {} }) as never };
    const instance = await served((_asked, response) => response.writeHead(500).end('SQLSTATE[08006] server closed'));
    const backend = { ...instance, wire: wire as Wire };
    const { suspects, notAsked } = await check.probe(contextOf(todo, backend));
    const operations = suspects.map(({ operation }) => operation);
    expect(operations.length).toBeGreaterThan(todo.operations.length / 2);
    expect(new Set(operations).size).toBe(operations.length);
    expect(notAsked).toContain('getTodo');
  });

  it('is undecided when no error was answered at all', () => {
    expect(judged(check, { looked: 0, suspects: [] }).status).toBe('undecided');
  });
});
