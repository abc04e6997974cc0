import { describe, expect, it } from 'vitest';
import { answering, failing as without, firstOf, judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { check } from './malformed-http.ts';

describe(check.id, () => {
  const passing = recorded(check, 'pass');
  const one = firstOf(passing.tried.filter(({ mustRefuse }) => mustRefuse));
  const only = (change: Partial<typeof one>, before = passing.before) =>
    judged(check, { before, tried: [{ ...one, ...change }] });

  it('passes a backend that refuses and goes on', () => {
    expect(judged(check, passing)).toMatchObject({ status: 'passed', reason: '4 malformed requests survived' });
  });

  it('tells of a backend that ended', () => {
    expect(judged(check, recorded(check, 'fail')).findings).toEqual([
      {
        severity: 'high',
        key: 'a chunk whose size is no number ended',
        title: 'The backend ended after a chunk whose size is no number',
      },
    ]);
  });

  it('tells of an ordinary request that fails afterwards, and of nonsense that was accepted', () => {
    const key = (what: string) => [{ key: `${one.flaw} ${what}` }];
    expect(only({ afterwards: without(one.afterwards, 'timeout') }).findings).toMatchObject(key('afterwards'));
    expect(only({ afterwards: answering(one.afterwards, 500) }).findings).toMatchObject(key('afterwards'));
    expect(only({ status: 200 }).findings).toMatchObject(key('accepted'));
  });

  it('tells of what stood behind a bad chunk and was taken for a request', () => {
    const chunk = { flaw: 'a chunk whose size is no number', mustRefuse: false, status: 200 };
    expect(only({ ...chunk, behind: 200 }).findings).toMatchObject([{ key: `${chunk.flaw} smuggled` }]);
    // Who does not read the body may answer, and close.
    expect(only({ ...chunk, behind: null }).status).toBe('passed');
  });

  it('does not mind a connection that is closed without a word, nor leniency where RFC 9112 allows it', () => {
    expect(only({ status: null, received: '' }).status).toBe('passed');
    expect(only({ mustRefuse: false, status: 200 }).status).toBe('passed');
    for (const status of [400, 405, 411, 414, 431, 501, 505]) expect(only({ status }).status).toBe('passed');
  });

  it('does not blame broken HTTP for a request that failed before it as well', () => {
    if (passing.before === null) throw new Error('the recording has no request before');
    expect(only({ afterwards: answering(one.afterwards, 500) }, answering(passing.before, 500)).status).toBe('passed');
  });

  it('is undecided when there is nothing to compare with', () => {
    expect(judged(check, { before: null, tried: [] }).status).toBe('undecided');
    expect(judged(check, { ...passing, tried: [] }).status).toBe('undecided');
    if (passing.before !== null)
      expect(judged(check, { ...passing, before: without(passing.before, 'refused') }).status).toBe('undecided');
  });
});
