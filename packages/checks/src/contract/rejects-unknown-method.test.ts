import { describe, expect, it } from 'vitest';
import { answering, failing as without, firstOf, judged, recorded } from '../kit/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../kit/scripted-for-tests.ts';
import { check } from './rejects-unknown-method.ts';

describe(check.id, () => {
  const passing = recorded(check, 'pass');
  const answered = (status: number, headers: Readonly<Record<string, string | null>> = {}) =>
    passing.map((one) => ({ ...one, exchange: answering(one.exchange, status, { headers }) }));

  it('passes 405 with Allow', () => {
    expect(judged(check, passing)).toMatchObject({ status: 'passed', reason: '2 undocumented methods refused' });
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

  it('is undecided when nothing could be tried, or nobody listened', () => {
    expect(judged(check, []).status).toBe('undecided');
    expect(judged(check, answered(429)).status).toBe('undecided');
    const [first] = [firstOf(passing)];
    expect(judged(check, [{ ...first, exchange: without(first.exchange, 'refused') }]).status).toBe('undecided');
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
