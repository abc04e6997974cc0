import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { isGranted, isGrantedBeside } from './granted.ts';

const answered = (body: Json, status = 200) => isGranted(exchangeOf('GET /reports', status, { body }));

describe('isGranted', () => {
  it.each<[Json]>([
    [{ code: 401, msg: 'not logged in', data: null }],
    [{ status: '403', message: 'no' }],
    [{ success: false, error: 'who are you?' }],
    [{ ok: false }],
    [{ errors: [{ message: 'Unauthenticated' }], data: { reports: null } }],
    [{ error: 'Unauthorized' }],
    [{ status: 'error', message: 'sign in first' }],
  ])('takes %j for a refusal, whatever its status', (body) => {
    expect(answered(body)).toBe(false);
  });

  it.each<[Json]>([
    [{ code: 200, data: [] }],
    [{ code: 0, msg: 'ok', data: {} }],
    [{ errors: [], reports: [] }],
    [{ id: 7, status: 'error', error: 'out of paper' }],
    [{ id: 7, code: 'ABC' }],
    [{ error: null, data: [] }],
    [[]],
    ['Unauthorized'],
    [null],
  ])('takes %j for what was asked', (body) => {
    expect(answered(body)).toBe(true);
  });

  it('believes the status of a refusal', () => {
    expect(answered({ success: true }, 401)).toBe(false);
  });
});

describe('isGrantedBeside', () => {
  const beside = (body: Json, good: Json | null) =>
    isGrantedBeside(
      exchangeOf('GET /me', 200, { body }),
      good === null ? null : exchangeOf('GET /me', 200, { body: good }),
    );
  const good = { code: 0, msg: 'ok', data: { id: 1 } };

  it.each<[Json, Json | null]>([
    [{ code: 10001, msg: 'not logged in', data: null }, good],
    [{ code: 'A0230', message: 'not logged in' }, good],
    [{ code: -1, msg: 'token invalid', data: {} }, good],
    [
      { status: 0, message: 'Unauthorized' },
      { status: 1, data: [] },
    ],
    [{ status: 0, message: 'Unauthorized' }, [1]],
    [{ result: false, msg: 'not logged in' }, good],
    [
      { code: 10001, msg: 'not logged in' },
      { code: 0, msg: 'deleted' },
    ],
    [{ code: 10001, msg: 'not logged in' }, null],
    [{ status: 'not_logged_in' }, null],
    [{ status: 1, message: 'not logged in' }, null],
    [{ code: 1, msg: 'sign in first' }, null],
    [{ success: 0 }, null],
  ])('takes %j for a refusal beside %j', (body, known) => {
    expect(beside(body, known)).toBe(false);
  });

  it.each<[Json, Json | null]>([
    [good, good],
    [
      { code: 0, msg: 'ok', data: [] },
      { code: 0, msg: 'ok', data: [1] },
    ],
    [
      { code: 0, msg: 'deleted' },
      { code: 40001, msg: 'not there' },
    ],
    [{ message: 'deleted' }, good],
    [{ status: 'ok' }, null],
    [{ status: 'deleted' }, null],
    [{ status: 'queued' }, null],
    [{ success: 1 }, null],
    [{ status: 1, message: 'deleted' }, null],
    [{ result: 'removed' }, null],
    [{ id: 1, code: 7 }, good],
  ])('takes %j for what was asked beside %j', (body, known) => {
    expect(beside(body, known)).toBe(true);
  });

  it('believes the status of a refusal, and of what has no body', () => {
    expect(isGrantedBeside(exchangeOf('GET /me', 401), null)).toBe(false);
    expect(isGrantedBeside(exchangeOf('DELETE /me', 204), null)).toBe(true);
  });
});
