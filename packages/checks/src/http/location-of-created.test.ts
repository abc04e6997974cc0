import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { answering, firstOf, judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { check } from './location-of-created.ts';

describe(check.id, () => {
  const passing = recorded(check, 'pass');
  const one = firstOf(passing.made);
  const { created, followed } = one;
  if (followed === null) throw new Error('the recording followed nothing');
  const only = (change: Partial<typeof one>) => judged(check, { made: [{ ...one, ...change }], trouble: null });
  const located = (location: string | null) => answering(created, 201, { headers: { location } });

  it('passes a Location that leads to what was made', () => {
    expect(judged(check, passing)).toMatchObject({ status: 'passed', reason: '1 Location followed' });
  });

  it('tells of one that leads nowhere', () => {
    expect(judged(check, recorded(check, 'fail')).findings).toEqual([
      {
        severity: 'medium',
        key: 'createTodo dangling',
        title: 'The Location of what createTodo created leads nowhere: GET /api/todos/1 answered 404',
      },
    ]);
  });

  it('tells of one that leads to the list, to another thing, or is no address', () => {
    const listed = answering(followed, 200, { body: { items: [{ id: 1 }] } });
    const itself = { ...listed, request: { ...followed.request, target: '/todos' } };
    expect(only({ created: located('/todos'), followed: itself }).findings).toMatchObject([
      { key: 'createTodo itself' },
    ]);
    expect(only({ followed: answering(followed, 200, { body: { id: 99 } }) }).findings).toMatchObject([
      { key: 'createTodo other' },
    ]);
    expect(only({ created: located('http://['), followed: null }).findings).toMatchObject([
      { key: 'createTodo missing', title: expect.stringContaining('http://[') },
    ]);
  });

  it('knows an id that is an object, or a number once and a text once', () => {
    const shown = (id: Json) => answering(followed, 200, { body: { id } });
    const made = (id: Json) => answering(created, 201, { body: { id } });
    for (const [one, other] of [
      [{ $oid: 'a1' }, { $oid: 'a1' }],
      [5, '5'],
    ] as const)
      expect(only({ created: made(one), followed: shown(other) }).status).toBe('passed');
    expect(only({ created: made({ $oid: 'a1' }), followed: shown({ $oid: 'a2' }) }).findings).toHaveLength(1);
  });

  it('does not mind the own address of what was put there', () => {
    const put = { ...located('/todos/7'), request: { ...created.request, method: 'PUT', target: '/todos/7' } };
    const itself = { ...followed, request: { ...followed.request, target: '/todos/7' } };
    expect(only({ created: put, followed: itself, idPointer: null }).status).toBe('passed');
  });

  it('does not mind the address that made it where that shows it: there is one for each person', () => {
    const itself = { ...followed, request: { ...followed.request, target: '/todos' } };
    const shown = (id: number) => answering(itself, 200, { body: { id } });
    const cart = answering(located('/todos'), 201, { body: { id: 7 } });
    expect(only({ created: cart, followed: shown(7) }).status).toBe('passed');
    expect(only({ created: cart, followed: shown(8) }).findings).toMatchObject([{ key: 'createTodo itself' }]);
  });

  it('does not apply where what could be made is not answered with 201', () => {
    expect(judged(check, { made: [], otherwise: 1, trouble: 'POST /users answered 403' }).status).toBe(
      'not-applicable',
    );
    expect(judged(check, { made: [], trouble: 'POST /users answered 403' }).status).toBe('undecided');
  });

  it('asks for a Location only where the contract speaks of it', () => {
    expect(only({ created: located(null), followed: null }).status).toBe('not-applicable');
    expect(only({ created: located(null), followed: null, documented: true }).findings).toMatchObject([
      { key: 'createTodo missing', title: 'POST /todos answered 201 without a Location' },
    ]);
  });

  it.each([401, 403])('does not take %i at that address for a dead end', (status) => {
    expect(only({ followed: answering(followed, status) }).status).toBe('passed');
  });

  it('does not mind a body without an id', () => {
    expect(only({ followed: answering(followed, 200, { body: { title: 'a' } }) }).status).toBe('passed');
    expect(only({ idPointer: null }).status).toBe('passed');
  });

  it('judges nothing where nothing was created', () => {
    expect(judged(check, { made: [], trouble: null }).status).toBe('not-applicable');
    expect(judged(check, { made: [], trouble: 'nothing could be created' }).status).toBe('undecided');
  });
});
