import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import {
  answering,
  exchangeOf,
  failing as without,
  firstOf,
  judged,
  nothingExplored,
  recorded,
  todo,
} from '../kit/testing/recordings-for-tests.ts';
import { check } from './no-server-error.ts';

describe(check.id, () => {
  const failing = recorded(check, 'fail');
  const suspect = firstOf(failing.suspects);
  const { exchange } = suspect;

  it('passes a backend that stays in control', () => {
    expect(judged(check, recorded(check, 'pass')).status).toBe('passed');
  });

  it('tells of a 500, and what provoked it', () => {
    expect(judged(check, failing)).toMatchObject({
      status: 'failed',
      reason: '2 findings',
      findings: [
        {
          severity: 'high',
          key: 'getTodo 500',
          title:
            'GET /todos/2147483648 answered 500 to an invalid request (id is 2147483648, the maximum is 2147483647)',
        },
        { severity: 'high', key: 'patchTodo 500' },
      ],
    });
  });

  it('tells once what one method answers everywhere to valid requests, with the same words', () => {
    const at = (operation: string, target: string, body: Json, valid = true) => ({
      ...suspect,
      operation,
      ...(valid ? { intent: { kind: 'valid' as const } } : {}),
      exchange: exchangeOf(`GET ${target}`, 500, { body }),
    });
    const told = (...suspects: readonly (typeof suspect)[]) =>
      judged(check, { ...failing, suspects }).findings.map(({ title }) => title);
    const [first, second] = [at('listTodos', '/todos', 'no database'), at('listTags', '/tags', 'no database')];
    expect(told(first, second, at('getTodo', '/todos/1', 'no database'))).toEqual([
      'GET /todos answered 500 to a valid request; the same at 2 other operations',
    ]);
    expect(told(first, second, at('getTodo', '/todos/1', 'no such todo'))).toHaveLength(3);
    expect(told(first, second, at('getTodo', '/todos/1', 'no database', false))).toHaveLength(3);
  });

  it('tells of a request that got no answer', () => {
    const suspects = [{ ...suspect, intent: { kind: 'valid' as const }, exchange: without(exchange, 'reset') }];
    expect(judged(check, { ...failing, suspects }).findings).toEqual([
      {
        severity: 'high',
        key: 'getTodo reset',
        title: 'GET /todos/2147483648 had its connection closed without a whole answer to a valid request',
      },
    ]);
  });

  it('says of an answer that goes on after its end what that does, and not that there is none', () => {
    const suspects = [{ ...suspect, intent: { kind: 'valid' as const }, exchange: without(exchange, 'overlong') }];
    const [finding] = check.judge({ ...failing, suspects }, todo).findings;
    expect(finding).toMatchObject({ title: 'GET /todos/2147483648 got an overlong answer to a valid request' });
    expect(finding?.detail).toMatch(/^The client takes what comes after the end/);
    expect(finding?.fix).toMatch(/^Let the server count the bytes/);
  });

  it('does not blame what the run itself stopped, nor what failed because the process had ended', () => {
    const suspects = [
      { ...suspect, exchange: without(exchange, 'aborted') },
      { ...suspect, ended: true, exchange: without(exchange, 'reset') },
      { ...suspect, exchange: answering(exchange, 404) },
    ];
    expect(judged(check, { ...failing, suspects }).status).toBe('passed');
  });

  it('does not wait for events that may never come, where the contract promises a stream of them', () => {
    const suspects = [{ ...suspect, exchange: without(exchange, 'timeout') }];
    const streaming = {
      ...todo,
      operations: todo.operations.map((one) => ({
        ...one,
        responses: one.responses.map((response) =>
          response.status === '200'
            ? { ...response, content: [{ mediaType: 'text/event-stream', schema: true, examples: [] }] }
            : response,
        ),
      })),
    };
    expect(judged(check, { ...failing, suspects }).status).toBe('failed');
    expect(judged(check, { ...failing, suspects }, streaming).status).toBe('passed');
  });

  it('is undecided when there was nothing to judge', () => {
    expect(judged(check, nothingExplored).status).toBe('undecided');
  });
});
