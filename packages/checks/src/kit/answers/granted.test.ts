import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { isGranted } from './granted.ts';

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
