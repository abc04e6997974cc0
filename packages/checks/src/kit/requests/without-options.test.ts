import { expect, it } from 'vitest';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { withoutOptions } from './without-options.ts';

it('keeps of a query what has to be there', () => {
  const schema = { type: 'string' };
  const { operations } = contractOf({
    '/things': {
      get: {
        parameters: [
          { in: 'query', name: 'include', schema },
          { in: 'query', name: 'tenant', required: true, schema },
        ],
        responses: { '200': { description: '' } },
      },
    },
  });
  const [operation] = operations;
  if (operation === undefined) throw new Error('the operation was not read');
  const request = {
    operation: operation.id,
    path: { id: 7 },
    query: { include: 'oak', tenant: 'a' },
    headers: {},
    cookies: {},
  };
  expect(withoutOptions(operation, request)).toEqual({ ...request, query: { tenant: 'a' } });
});
