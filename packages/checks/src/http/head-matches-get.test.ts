import { describe, expect, it } from 'vitest';
import { answering, firstOf, judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { check } from './head-matches-get.ts';

describe(check.id, () => {
  const passing = recorded(check, 'pass');
  const one = firstOf(passing.compared);
  const { head } = one;
  if (head === null) throw new Error('the recording has no answer to HEAD');
  const only = (change: Partial<typeof one>) => judged(check, { compared: [{ ...one, ...change }], trouble: null });
  const headed = (name: string, value: string | null): typeof head => ({
    ...head,
    headers: [
      ...head.headers.filter(([other]) => other.toLowerCase() !== name),
      ...(value === null ? [] : [[name, value] as const]),
    ],
  });

  it('passes a backend whose HEAD is GET without the body', () => {
    expect(judged(check, passing)).toMatchObject({ status: 'passed', reason: '2 operations compared' });
    expect(judged(check, { ...passing, trouble: 'nothing could be created' }).reason).toBe(
      '2 operations compared; others could not be asked: nothing could be created',
    );
  });

  it('tells of a field that HEAD leaves out', () => {
    expect(judged(check, recorded(check, 'fail')).findings).toEqual([
      {
        severity: 'low',
        key: 'getTodo content-type',
        title: 'HEAD /todos/1 answered with content-type missing, GET with application/json; charset=utf-8',
      },
    ]);
  });

  it('tells of another status, a body, another length, and no answer', () => {
    const key = (what: string) => [{ key: `${one.operation} ${what}` }];
    expect(only({ head: { ...head, status: 500 } }).findings).toMatchObject(key('status'));
    expect(only({ head: { ...head, bodyBytes: 24 } }).findings).toMatchObject(key('body'));
    expect(only({ head: headed('content-length', '0') }).findings).toMatchObject(key('content-length'));
    expect(only({ head: null, documented: true }).findings).toMatchObject(key('no answer'));
  });

  it('lets HEAD leave out the length, and does not compare what differs from one GET to the next', () => {
    expect(only({ head: headed('content-length', null) }).status).toBe('passed');
    const again = answering(one.again, 200, { headers: { 'content-length': '7' } });
    expect(only({ head: headed('content-length', '9'), again }).status).toBe('passed');
    const { response } = one.again;
    if (response === undefined) throw new Error('the recording has no answer to the second GET');
    const other = { ...one.again, response: { ...response, body: { text: '{"at": 0.31}' } } };
    expect(only({ head: headed('content-length', '9'), again: other }).status).toBe('passed');
    expect(only({ head: headed('content-length', '0'), again: other }).status).toBe('failed');
    expect(only({ head: { ...head, status: 404 }, documented: true, again: answering(one.again, 404) }).status).toBe(
      'passed',
    );
  });

  it('lets HEAD leave out what is made from the content, and says nothing of a limit on how often it may be asked', () => {
    const tagged = (exchange: typeof one.get) => answering(exchange, 200, { headers: { etag: 'W/"1"' } });
    const both = { get: tagged(one.get), again: tagged(one.again) };
    expect(only({ ...both, head: headed('etag', null) }).status).toBe('passed');
    expect(only({ ...both, head: headed('etag', 'W/"2"') }).status).toBe('failed');
    const limited = { ...headed('content-type', 'text/plain'), status: 429, bodyBytes: 0 };
    expect(only({ head: limited, again: answering(one.get, 429) }).status).toBe('passed');
  });

  it.each([404, 405, 501])(
    'does not ask for HEAD where the contract does not, when it is answered with %i',
    (status) => {
      expect(only({ head: { ...head, status } }).status).toBe('not-applicable');
      expect(only({ head: { ...head, status }, documented: true }).status).toBe('failed');
    },
  );

  it('is undecided when nothing could be read', () => {
    expect(judged(check, { compared: [], trouble: 'nothing could be created' }).status).toBe('undecided');
    expect(only({ get: answering(one.get, 401) })).toMatchObject({
      status: 'undecided',
      reason: expect.stringContaining('identities in assay.yaml'),
    });
  });
});
