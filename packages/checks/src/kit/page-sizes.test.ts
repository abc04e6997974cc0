import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { pageSizes } from './page-sizes.ts';
import { contractOf } from './scripted-for-tests.ts';

const sizes = (schema: Json) => {
  const parameters = [{ name: 'size', in: 'query', schema }];
  const contract = contractOf({
    '/things': { get: { operationId: 'list', parameters, responses: { 200: { description: 'All' } } } },
  });
  const pagination = { style: 'page', limit: 'size', position: 'page', next: null } as const;
  return pageSizes(contract, { operation: 'list', items: '', pagination }, { short: 3, long: 20 });
};

describe('pageSizes', () => {
  it('asks for no page that the contract does not allow', () => {
    expect(sizes({ type: 'integer' })).toEqual({ short: 3, long: 20 });
    expect(sizes({ type: 'integer', minimum: 1, maximum: 10 })).toEqual({ short: 3, long: 10 });
    expect(sizes({ type: 'integer', minimum: 5 })).toEqual({ short: 5, long: 20 });
    expect(sizes({ type: 'integer', exclusiveMinimum: 9, maximum: 100 })).toEqual({ short: 10, long: 20 });
    expect(sizes({ type: 'integer', enum: [25, 10, 50] })).toEqual({ short: 10, long: 50 });
  });
});
