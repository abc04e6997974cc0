import type { Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { operationOf } from '../requests/cases.ts';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { allowedLimit } from './page-limit.ts';

it.each([
  [{ type: 'integer' }, 2, 2],
  [{ type: 'integer', minimum: 1, maximum: 100 }, 32, 32],
  [{ type: 'integer', minimum: 1, maximum: 20 }, 32, 20],
  [{ type: 'integer', minimum: 10 }, 2, 10],
  [{ type: 'integer', exclusiveMinimum: 4 }, 2, 5],
  [{ type: 'integer', enum: [50, 10, 25] }, 2, 10],
  [{ type: 'string', enum: ['10', '25'] }, 32, 25],
] as const satisfies readonly (readonly [Json, number, number])[])(
  'of %j, %i becomes %i',
  (schema, wanted, allowed) => {
    const contract = contractOf({
      '/todos': {
        get: {
          operationId: 'listTodos',
          parameters: [{ name: 'limit', in: 'query', schema }],
          responses: { 200: { description: 'ok' } },
        },
      },
    });
    expect(allowedLimit(contract, operationOf(contract, 'listTodos'), 'limit', wanted)).toBe(allowed);
  },
);
