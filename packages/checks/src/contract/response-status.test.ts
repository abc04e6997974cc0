import { describe, expect, it } from 'vitest';
import { answering, firstOf, judged, nothingExplored, recorded, todo } from '../kit/testing/recordings-for-tests.ts';
import { check } from './response-status.ts';

describe(check.id, () => {
  const failing = recorded(check, 'fail');
  const suspect = firstOf(failing.suspects);

  it('passes a backend that answers as documented', () => {
    expect(judged(check, recorded(check, 'pass'))).toEqual({
      status: 'passed',
      reason: '493 requests to 7 operations',
      findings: [],
    });
  });

  it('tells of a status that the contract does not name, once for one cause', () => {
    expect(judged(check, failing)).toEqual({
      status: 'failed',
      reason: '1 finding',
      findings: [
        {
          severity: 'medium',
          key: 'createTodo 422',
          title: 'POST /todos answered 422; the contract allows 201, 400, 413 and 415; the same at 2 other operations',
        },
      ],
    });
  });

  it('is undecided when there was nothing to judge, and says how to get in when every request was turned away', () => {
    expect(judged(check, nothingExplored).status).toBe('undecided');
    const closed = [{ operation: 'createTodo', exchange: answering(suspect.exchange, 401) }];
    expect(judged(check, { ...nothingExplored, closed })).toMatchObject({
      status: 'undecided',
      reason: expect.stringMatching(/createTodo was answered with 401, .*identities in assay\.yaml/),
    });
  });

  it('leaves 415 alone where the media type is not one of the contract', () => {
    const with415 = (mediaType: string) => {
      const exchange = answering(suspect.exchange, 415);
      const headers = [['content-type', mediaType]] as const;
      const silent = {
        ...todo,
        operations: todo.operations.map((one) => ({
          ...one,
          responses: one.responses.filter((response) => response.status !== '415'),
        })),
      };
      const evidence = {
        ...failing,
        suspects: [{ ...suspect, exchange: { ...exchange, request: { ...exchange.request, headers } } }],
      };
      return judged(check, evidence, silent).status;
    };
    expect(with415('text/plain; charset=utf-8')).toBe('passed');
    expect(with415('application/json')).toBe('failed');
  });

  it('says once that nothing of the contract is served', () => {
    const gone = { ...suspect, exchange: answering(suspect.exchange, 404) };
    const evidence = { ...failing, suspects: [gone, gone], looked: 2, operations: 7 };
    expect(judged(check, evidence).findings).toEqual([
      {
        severity: 'critical',
        key: 'nothing there',
        title: 'Every request to 7 operations answered 404: none of the contract’s paths is served',
      },
    ]);
    expect(judged(check, { ...evidence, looked: 3 }).findings).toMatchObject([{ key: 'createTodo 404' }]);
  });

  it('leaves documented statuses alone', () => {
    const documented = [201, 400, 413, 415].map((status) => ({
      ...suspect,
      exchange: answering(suspect.exchange, status),
    }));
    expect(judged(check, { ...failing, suspects: documented }).status).toBe('passed');
  });
});
