import { readContract } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { answering, firstOf, judged, nothingExplored, recorded, todo } from '../kit/testing/recordings-for-tests.ts';
import { check } from './requires-parameters.ts';

describe(check.id, () => {
  const failing = recorded(check, 'fail');
  const suspect = firstOf(failing.suspects);

  it('passes a backend that misses what is missing', () => {
    expect(judged(check, recorded(check, 'pass')).status).toBe('passed');
  });

  it('tells of a body that nobody missed', () => {
    expect(judged(check, failing).findings).toEqual([
      {
        severity: 'medium',
        key: 'patchTodo body ',
        title: 'PATCH /todos/40 answered 200 although the body is missing',
      },
    ]);
  });

  it.each([400, 411, 415, 422])('takes %i for a refusal', (status) => {
    const suspects = [{ ...suspect, exchange: answering(suspect.exchange, status) }];
    expect(judged(check, { ...failing, suspects }).status).toBe('passed');
  });

  it('is undecided when there was nothing to judge', () => {
    expect(judged(check, nothingExplored).status).toBe('undecided');
  });

  it('applies only where something is required', () => {
    const shape = { resources: [], bindings: {}, signIn: null };
    const paths = { '/a': { get: { responses: { 200: { description: 'ok' } } } } };
    const text = JSON.stringify({ openapi: '3.1.0', info: { title: 't', version: '1' }, paths });
    expect(check.applies(todo, shape, null).applies).toBe(true);
    expect(check.applies(readContract({ path: 'openapi.json', text }), shape, null).applies).toBe(false);
  });
});
