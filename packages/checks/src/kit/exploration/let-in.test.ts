import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { isLetIn } from './let-in.ts';

const letIn = (code: number, body: Json, documented: readonly string[] = ['200']) => {
  const responses = Object.fromEntries(documented.map((one) => [one, { description: 'so' }]));
  const [operation] = contractOf({ '/todos': { post: { responses } } }).operations;
  if (operation === undefined) throw new Error('the contract has no operation');
  return isLetIn(exchangeOf('POST /todos', code, { body }), operation);
};

describe('isLetIn', () => {
  it('holds for a success', () => {
    expect([200, 201, 204].every((code) => letIn(code, { id: 1 }))).toBe(true);
    expect([302, 400, 422, 500].some((code) => letIn(code, { id: 1 }))).toBe(false);
  });

  it('takes a refusal in the body for one where no status is documented for it', () => {
    const refusal = { success: false, message: 'title is required' };
    expect(letIn(200, refusal)).toBe(false);
    expect(letIn(200, refusal, ['200', '400'])).toBe(true);
    expect(letIn(200, refusal, ['200', 'default'])).toBe(true);
  });
});
