import { describe, expect, it } from 'vitest';
import {
  answering,
  exchangeOf,
  failing as without,
  firstOf,
  judged,
  recorded,
} from '../kit/testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../kit/testing/scripted-for-tests.ts';
import { check } from './rejects-unknown-method.ts';

describe(check.id, () => {
  const passing = recorded(check, 'pass');
  const answered = (status: number, headers: Readonly<Record<string, string | null>> = {}) =>
    passing.map((one) => ({ ...one, exchange: answering(one.exchange, status, { headers }) }));

  it('passes 405 with Allow, and says where it could try none', () => {
    expect(judged(check, passing)).toMatchObject({
      status: 'passed',
      reason: '2 undocumented methods refused; none could be tried at /todos/{id}',
    });
    const ok = { responses: { 200: { description: 'ok' } } };
    const contract = contractOf({ '/todos': { get: ok }, '/tags': { get: ok } });
    expect(judged(check, passing, contract).reason).toBe('2 undocumented methods refused');
  });

  it('tells of a method that nobody documented and the backend has', () => {
    expect(judged(check, recorded(check, 'fail')).findings).toEqual([
      {
        severity: 'low',
        key: '/todos DELETE accepted',
        title: 'DELETE /todos answered 204; the contract has only GET, POST at /todos',
      },
    ]);
  });

  it('tells of 405 without Allow once for all paths', () => {
    expect(judged(check, answered(405, { allow: null })).findings).toEqual([
      {
        severity: 'low',
        key: 'allow',
        title: 'DELETE /todos answered 405 without an Allow header; so did DELETE /tags',
      },
    ]);
  });

  it.each([400, 401, 403, 404, 415, 501])('takes %i for a refusal, with or without Allow', (status) => {
    expect(judged(check, answered(status, { allow: null })).status).toBe('passed');
  });

  it('takes a page for people at the address of a POST for no operation', () => {
    const shown = (method: string, type: string) => {
      const [one] = answered(200, { 'content-type': type });
      if (one === undefined) throw new Error('the recording holds none');
      return judged(check, [{ ...one, method }]).status;
    };
    expect(shown('GET', 'text/html; charset=utf-8')).toBe('passed');
    expect(shown('GET', 'application/json')).toBe('failed');
    expect(shown('DELETE', 'text/html')).toBe('failed');
  });

  it('tells once of one page that answers all methods, and of other doors one by one', () => {
    const door = firstOf(answered(200, { 'content-type': 'text/html' }));
    const saying = (method: string, path: string, body: string) => ({
      ...door,
      method,
      path,
      exchange: exchangeOf(`${method} ${path}`, 200, { body, headers: { 'content-type': 'text/html' } }),
    });
    const docs = [saying('PUT', '/users', 'Swagger UI'), saying('DELETE', '/users', 'Swagger UI')];
    expect(judged(check, [...docs, saying('DELETE', '/carts', 'gone')]).findings).toMatchObject([
      {
        key: '/users one page',
        title:
          'PUT /users answered 200 with a page for people; the contract has only GET, POST at /users; so did DELETE /users, with the same page',
      },
      { key: '/carts DELETE accepted' },
    ]);
  });

  it('is undecided when nothing could be tried, or nobody listened', () => {
    expect(judged(check, []).status).toBe('undecided');
    expect(judged(check, answered(429)).status).toBe('undecided');
    const [first] = [firstOf(passing)];
    expect(judged(check, [{ ...first, exchange: without(first.exchange, 'refused') }]).status).toBe('undecided');
  });

  it('leaves out what the document has and could not be read, or is left alone', async () => {
    const ok = { responses: { 200: { description: 'ok' } } };
    const broken = {
      ...ok,
      requestBody: { required: true, content: { 'application/json': { schema: { $ref: '#/x' } } } },
    };
    const contract = contractOf({ '/things': { get: ok, post: broken }, '/test/reset': { get: ok } });
    expect(contract.operations.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /things',
      'GET /test/reset',
    ]);
    const reset = { message: 'left alone', line: null, column: null, pointer: '/paths/~1test~1reset/post' };
    const below = {
      ...contract,
      operations: contract.operations.map((one) => ({ ...one, path: `/api${one.path}` })),
      problems: [...contract.problems, reset],
    };
    for (const each of [{ ...contract, problems: below.problems }, below]) {
      const backend = scripted(() => [404, {}]);
      await check.probe(contextOf(each, backend));
      expect(backend.asked.map((line) => line.split(' ')[0])).toEqual([
        'PATCH',
        'PUT',
        'DELETE',
        'PATCH',
        'PUT',
        'DELETE',
      ]);
    }
  });

  it('leaves out a method that another template of the same address has', async () => {
    const ok = { responses: { 200: { description: 'ok' } } };
    const key = { name: 'key', in: 'path', required: true, schema: { type: 'string' } };
    const contract = contractOf({
      '/cache/stats': { get: ok },
      '/cache/{key}': { parameters: [key], delete: ok },
    });
    const backend = scripted(() => [200, {}]);
    await check.probe(contextOf(contract, backend));
    const stats = backend.asked.filter((line) => line.endsWith('/cache/stats'));
    expect(stats).toEqual(['PATCH /cache/stats', 'PUT /cache/stats', 'POST /cache/stats']);
  });
});
