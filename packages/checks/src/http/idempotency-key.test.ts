import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { answering, failing as without, firstOf, judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { contractOf } from '../kit/testing/scripted-for-tests.ts';
import { check } from './idempotency-key.ts';

/** As much of the contract that was recorded as the judge looks at. */
const contract = contractOf({
  '/deposits': { post: { operationId: 'createDeposit', responses: { 201: { description: 'made' } } } },
});

describe(check.id, () => {
  const passing = recorded(check, 'pass');
  const one = firstOf(passing.repeated);
  const { other, later } = one;
  if (other === null || later === null) throw new Error('the recording lacks a part');
  const keys = (change: Partial<typeof one>): readonly string[] =>
    judged(check, { repeated: [{ ...one, ...change }], trouble: null }, contract).findings.map(({ key }) => key);

  it('passes a backend on which a key counts', () => {
    expect(judged(check, passing, contract)).toMatchObject({
      status: 'passed',
      reason: '1 operation repeated in turn, at once and after a restart',
    });
  });

  it('speaks of a restart only where there was one', () => {
    const { reason } = judged(check, { repeated: [{ ...one, later: null }], trouble: null }, contract);
    expect(reason).toBe('1 operation repeated in turn and at once');
  });

  it('tells of a key that nobody looks at', () => {
    expect(judged(check, recorded(check, 'fail'), contract).findings).toEqual([
      {
        severity: 'high',
        key: 'createDeposit twice',
        title: 'createDeposit sent twice with one key was answered differently, so it happened twice',
      },
      {
        severity: 'high',
        key: 'createDeposit reused',
        title: 'POST /deposits answered 201 to another body with a key that was used before',
      },
    ]);
  });

  it('tells of a repetition that is refused, of a race, and of a key that a restart forgets', () => {
    const body = { id: 'another' };
    expect(keys({ again: answering(one.again, 409) })).toEqual(['createDeposit refused']);
    const left = answering(one.first, 201);
    expect(keys({ together: [left, answering(left, 201, { body })] })).toEqual(['createDeposit race']);
    expect(keys({ later: answering(later, 201, { body }) })).toEqual(['createDeposit forgotten']);
  });

  it('tells of two failures of one race once', () => {
    const failed = without(one.first, 'reset');
    expect(keys({ together: [failed, failed] })).toEqual(['createDeposit race failed']);
  });

  it('does not mind another order of members, another success, or that one of two at once is told to wait', () => {
    const first = answering(one.first, 201, { body: { a: 1, b: { c: 2, d: 3 } } });
    const again = answering(one.again, 200, { body: { b: { d: 3, c: 2 }, a: 1 } });
    expect(keys({ first, again, later: null })).toEqual([]);
    expect(keys({ together: [one.first, answering(one.first, 409)] })).toEqual([]);
    for (const status of [400, 409, 422]) expect(keys({ other: answering(other, status) })).toEqual([]);
  });

  it('knows the same thing by its id where it is wrapped, whatever is told of the request', () => {
    const wrapped = (id: number, requestId: number) => ({ data: { id, amount: 5 }, meta: { id: requestId } });
    const answers = (body: ReturnType<typeof wrapped>) => answering(one.first, 201, { body });
    const first = answers(wrapped(7, 1));
    expect(keys({ first, again: answers(wrapped(7, 2)), later: answers(wrapped(7, 3)) })).toEqual([]);
    expect(keys({ first, again: answers(wrapped(8, 2)), later: null })).toEqual(['createDeposit twice']);
    // The accounts are the same each time, and the money has moved again.
    const moved = (left: number) =>
      answering(one.first, 201, { body: { from: { id: 1, left }, to: { id: 2, left: 0 } } });
    expect(keys({ first: moved(9), again: moved(8), later: null })).toEqual(['createDeposit twice']);
  });

  it('knows the same thing by what else is named like an id, where the request did not say it', () => {
    const told = (body: Json) => answering(one.first, 201, { body });
    const paid = (paymentId: string, replayed: boolean) => told({ paymentId, replayed, requestId: String(replayed) });
    const [first, left] = [paid('p1', false), paid('p1', false)];
    const same = paid('p1', true);
    expect(keys({ first, again: same, later: same, together: [left, same] })).toEqual([]);
    const other = paid('p2', true);
    expect(keys({ first, again: other, later: null })).toEqual(['createDeposit twice']);
    expect(keys({ first, again: same, later: other, together: [left, other] })).toEqual([
      'createDeposit forgotten',
      'createDeposit race',
    ]);
    const wrapped = (replayed: boolean) => told({ data: { payment_id: 7 }, replayed });
    expect(keys({ first: wrapped(false), again: wrapped(true), later: null })).toEqual([]);
    // The account is that of the request, or of who asks, and has been paid into again.
    const asked = (body: Json, request: Partial<typeof one.first.request>) => {
      const exchange = told(body);
      return { ...exchange, request: { ...exchange.request, ...request } };
    };
    const paidInto = (at: string) => asked({ accountId: 'a1', at }, { target: '/accounts/a1/deposits' });
    expect(keys({ first: paidInto('9:00'), again: paidInto('9:01'), later: null })).toEqual(['createDeposit twice']);
    const cent = (at: string) => asked({ paymentId: 1, at }, { body: { text: '{"amount":1}' } });
    expect(keys({ first: cent('9:00'), again: cent('9:01'), later: null })).toEqual([]);
    const named = (at: string) => asked({ accountId: 12, at }, { body: { text: '{"to":12}' } });
    expect(keys({ first: named('9:00'), again: named('9:01'), later: null })).toEqual(['createDeposit twice']);
    const mine = (orderRef: string) => told({ userId: 7, orderRef });
    expect(keys({ first: mine('A1'), again: mine('A2'), later: null })).toEqual(['createDeposit twice']);
    const holding = (balance: string | number) => told({ accountId: 'a1', balance });
    expect(keys({ first: holding(9), again: holding(14), later: null })).toEqual(['createDeposit twice']);
    expect(keys({ first: holding('9.00'), again: holding('14.00'), later: null })).toEqual(['createDeposit twice']);
  });

  it('does not mind a conflict that the contract names for a repetition', () => {
    const responses = { 201: { description: 'made' }, 409: { description: 'made before' } };
    const naming = contractOf({ '/deposits': { post: { operationId: 'createDeposit', responses } } });
    const conflict = answering(one.again, 409);
    const repeated = (together: typeof one.together) => ({
      repeated: [{ ...one, again: conflict, later: null, together }],
      trouble: null,
    });
    expect(judged(check, repeated([one.first, conflict]), naming).status).toBe('passed');
    expect(judged(check, repeated([one.first, conflict]), contract).status).toBe('failed');
    // With a new key it is refused as well: there is nothing left to take, or the name is taken.
    expect(judged(check, repeated([conflict, conflict]), naming).status).toBe('failed');
  });

  it('does not take a limit on how often it may be asked for a refusal of the repetition', () => {
    expect(keys({ again: answering(one.again, 429) })).toEqual([]);
  });

  it('is undecided when no request with a key succeeded', () => {
    expect(judged(check, { repeated: [], trouble: 'POST /deposits answered 401' }, contract)).toMatchObject({
      status: 'undecided',
      reason: 'no request with a key succeeded: POST /deposits answered 401',
    });
  });
});
