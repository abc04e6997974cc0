import { describe, expect, it } from 'vitest';
import {
  answering,
  exchangeOf,
  firstOf,
  judged,
  nothingExplored,
  recorded,
  todo,
} from '../kit/recordings-for-tests.ts';
import { check } from './accepts-valid.ts';

describe(check.id, () => {
  const failing = recorded(check, 'fail');
  const suspect = firstOf(failing.suspects);
  const answered = (status: number) => ({
    ...failing,
    suspects: [{ ...suspect, exchange: answering(suspect.exchange, status) }],
  });

  it('passes a backend that takes what the contract allows', () => {
    expect(judged(check, recorded(check, 'pass')).status).toBe('passed');
  });

  it('tells of valid requests that were refused, with what the contract promises', () => {
    const { status, findings } = judged(check, failing);
    expect(status).toBe('failed');
    expect(findings.map(({ key, severity }) => [severity, key])).toEqual([
      ['medium', 'createTodo 400'],
      ['medium', 'listTodos 400'],
    ]);
    expect(firstOf(findings).title).toBe(
      'POST /todos answered 400 although the request is valid by the contract; it promises 201',
    );
  });

  it('repeats what the backend said against the request', () => {
    const exchange = answering(suspect.exchange, 422, { body: { message: 'title must be shorter' } });
    const [found] = check.judge({ ...failing, suspects: [{ ...suspect, exchange }] }, todo).findings;
    expect(found?.detail).toContain('It was told: {"message":"title must be shorter"}');
  });

  it('takes 422 for a refusal as well', () => {
    expect(judged(check, answered(422)).findings).toMatchObject([{ key: 'createTodo 422' }]);
  });

  it.each([401, 403, 404, 409, 412, 428, 429, 500, 503])('does not take %i for a refusal of the form', (status) => {
    expect(judged(check, answered(status)).status).toBe('passed');
  });

  it('leaves a read alone that asks for nothing in particular, where its refusal is documented', () => {
    const read = { ...suspect, operation: 'listTodos', exchange: exchangeOf('GET /todos', 400) };
    const documenting = (status: string) => ({
      ...todo,
      operations: todo.operations.map((one) => ({
        ...one,
        responses: [
          ...one.responses.filter((response) => response.status !== '400'),
          { status, description: '', headers: [], content: [], links: [] },
        ],
      })),
    });
    const evidence = { ...failing, suspects: [read] };
    expect(judged(check, evidence, documenting('400')).status).toBe('passed');
    expect(judged(check, evidence, documenting('418')).status).toBe('failed');
  });

  it('is undecided when every request was turned away', () => {
    const closed = [{ operation: 'createTodo', exchange: answering(suspect.exchange, 429) }];
    expect(judged(check, { ...nothingExplored, closed })).toMatchObject({
      status: 'undecided',
      reason: expect.stringContaining('429'),
    });
    expect(judged(check, nothingExplored).status).toBe('undecided');
  });
});
