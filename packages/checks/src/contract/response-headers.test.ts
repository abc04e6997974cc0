import { describe, expect, it } from 'vitest';
import { answering, firstOf, judged, nothingExplored, recorded } from '../kit/testing/recordings-for-tests.ts';
import { check } from './response-headers.ts';

describe(check.id, () => {
  const failing = recorded(check, 'fail');
  const suspect = firstOf(failing.suspects);
  const answered = (headers: Readonly<Record<string, string | null>>) => ({
    ...failing,
    suspects: [{ ...suspect, exchange: answering(suspect.exchange, 201, { headers }) }],
  });

  it('passes a backend that sends what is promised', () => {
    expect(judged(check, recorded(check, 'pass')).status).toBe('passed');
  });

  it('tells of a required header field that is missing', () => {
    expect(judged(check, failing).findings).toEqual([
      {
        severity: 'medium',
        key: 'createTodo 201 etag missing-header',
        title: 'POST /todos answered 201, but the header ETag is missing; the contract requires it for 201',
      },
    ]);
  });

  it('tells of one that is not as documented', () => {
    expect(judged(check, answered({ etag: 'W/"1"' })).findings).toMatchObject([
      { key: 'createTodo 201 etag invalid-header', title: expect.stringContaining('W/\\"1\\"') },
    ]);
  });

  it('does not mind how a name is written, nor fields that nobody documented', () => {
    expect(judged(check, answered({ eTaG: '"1"', 'x-powered-by': 'Express' })).status).toBe('passed');
  });

  it('is undecided when there was nothing to judge', () => {
    expect(judged(check, nothingExplored).status).toBe('undecided');
  });
});
