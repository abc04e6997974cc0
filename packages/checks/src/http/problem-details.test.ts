import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { answering, firstOf, judged, nothingExplored, recorded } from '../kit/testing/recordings-for-tests.ts';
import { check } from './problem-details.ts';

describe(check.id, () => {
  const failing = recorded(check, 'fail');
  const suspect = firstOf(failing.suspects);
  const problem = (body: Json) =>
    judged(check, { ...failing, suspects: [{ ...suspect, exchange: answering(suspect.exchange, 415, { body }) }] });

  it('passes problems that agree with their response', () => {
    expect(judged(check, recorded(check, 'pass')).status).toBe('passed');
  });

  it('tells of a status that is not the response’s', () => {
    const { status, findings } = judged(check, failing);
    expect(status).toBe('failed');
    expect(firstOf(findings)).toEqual({
      severity: 'low',
      key: 'createTodo 415 status',
      title: 'POST /todos answered 415 with problem details in which status is 400 and the response’s is 415',
    });
  });

  it('tells of members of another type, and of a body that is no object', () => {
    expect(problem({ status: '415' }).findings).toMatchObject([{ key: 'createTodo 415 status' }]);
    expect(problem({ title: 3 }).findings).toMatchObject([{ key: 'createTodo 415 title' }]);
    expect(problem({ type: 'http://[' }).findings).toMatchObject([{ key: 'createTodo 415 type' }]);
    expect(problem([]).findings).toMatchObject([{ key: 'createTodo 415 body' }]);
  });

  it('does not mind members that are left out or added, nor relative types', () => {
    expect(problem({}).status).toBe('passed');
    expect(problem({ type: null, title: null, status: null, detail: null, instance: null }).status).toBe('passed');
    expect(problem({ type: '/problems/media', status: 415, errors: [{ detail: 'x' }] }).status).toBe('passed');
    expect(problem({ type: 'about:blank', title: '', instance: 'urn:uuid:1' }).status).toBe('passed');
  });

  it('is undecided when there was no problem to judge', () => {
    expect(judged(check, nothingExplored).status).toBe('undecided');
  });
});
