import { describe, expect, it } from 'vitest';
import { answering, firstOf, judged, nothingExplored, recorded } from '../kit/recordings-for-tests.ts';
import { check } from './rejects-invalid.ts';

describe(check.id, () => {
  const failing = recorded(check, 'fail');
  const suspect = firstOf(failing.suspects);

  it('passes a backend that refuses what the contract forbids', () => {
    expect(judged(check, recorded(check, 'pass'))).toMatchObject({
      status: 'passed',
      reason: '282 requests to 7 operations',
    });
  });

  it('tells of what was let in, each rule once over all operations', () => {
    expect(judged(check, failing).findings).toEqual([
      {
        severity: 'medium',
        key: 'createTodo body /title type',
        title: 'POST /todos answered 201 although title is a number, must be a string; the same at 2 other operations',
      },
      {
        severity: 'medium',
        key: 'createTodo body /position type',
        title:
          'POST /todos answered 201 although position is a boolean, must be an integer; the same at 2 other operations',
      },
    ]);
  });

  it.each([400, 404, 409, 422, 500])('takes %i for a refusal: which one is for other checks to say', (status) => {
    const suspects = [{ ...suspect, exchange: answering(suspect.exchange, status) }];
    expect(judged(check, { ...failing, suspects }).status).toBe('passed');
  });

  it('is undecided when there was nothing to judge', () => {
    expect(judged(check, nothingExplored).status).toBe('undecided');
  });
});
