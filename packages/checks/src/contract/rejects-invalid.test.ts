import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { answering, firstOf, judged, nothingExplored, recorded, todo } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../kit/testing/scripted-for-tests.ts';
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

  it('takes no 404 for a refusal where what a request speaks of could not be made', async () => {
    const context = contextOf(
      todo,
      scripted(() => [404]),
    );
    const refused = { ...suspect, exchange: answering(suspect.exchange, 404) };
    const looked = async (unbound: boolean) => {
      const exploration = { probes: [{ ...refused, unbound }], skipped: [] };
      return (await check.probe({ ...context, shared: <T>() => Promise.resolve(exploration as T) })).looked;
    };
    expect([await looked(false), await looked(true)]).toEqual([1, 0]);
  });

  it('takes a refusal in the body for one where no status is documented for it', () => {
    const body = { success: false, errors: ['title must be a string'] };
    const evidence = { ...failing, suspects: [{ ...suspect, exchange: answering(suspect.exchange, 200, { body }) }] };
    const without4xx = {
      ...todo,
      operations: todo.operations.map((one) => ({
        ...one,
        responses: one.responses.filter(({ status }) => status.startsWith('2')),
      })),
    };
    expect(judged(check, evidence, without4xx).status).toBe('passed');
    expect(judged(check, evidence).status).toBe('failed');
  });

  it('does not apply where everything that can be sent is allowed', () => {
    const shape = { resources: [], bindings: {}, signIn: null };
    const free = (schema: Json) =>
      contractOf({
        '/users/{name}': {
          get: {
            parameters: [
              { name: 'name', in: 'path', required: true, schema: { type: 'string' } },
              { name: 'q', in: 'query', required: true, schema },
            ],
            responses: { 200: { description: 'ok' } },
          },
        },
      });
    expect(check.applies(free({ type: 'string' }), shape, null)).toEqual({
      applies: false,
      reason: 'nothing that the operations take can be violated',
    });
    expect(check.applies(free({ type: 'integer' }), shape, null).applies).toBe(true);
    expect(check.applies(todo, shape, null).applies).toBe(true);
  });

  it('is undecided when there was nothing to judge', () => {
    expect(judged(check, nothingExplored).status).toBe('undecided');
  });
});
