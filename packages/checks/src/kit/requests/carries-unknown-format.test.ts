import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { carriesDeepList } from './carries-deep-list.ts';
import { carriesUnknownFormat } from './carries-unknown-format.ts';

const phone = { type: 'string', format: 'phone' };
const properties: Json = {
  name: { type: 'string' },
  id: { type: 'string', format: 'uuid4' },
  secret: { type: 'string', format: 'password' },
  price: { type: 'number', format: 'double' },
  phone,
  phones: { type: 'array', items: phone },
  told: { anyOf: [{ $ref: '#/components/schemas/Told' }, { type: 'null' }] },
  strict: { ...phone, pattern: '^[0-9]+$' },
};

function asked(line: string, sent?: Json) {
  const contract = contractOf(
    {
      '/people': {
        parameters: [
          { in: 'query', name: 'phone', schema: phone },
          { in: 'query', name: 'price', schema: { type: 'number', format: 'double' } },
          { in: 'query', name: 'where', style: 'deepObject', schema: { type: 'array', items: { type: 'string' } } },
        ],
        post: {
          operationId: 'add',
          requestBody: { content: { 'application/json': { schema: { type: 'object', properties } } } },
          responses: { 201: { description: 'made' } },
        },
      },
    },
    { Told: { ...phone, example: '+15550100' } },
  );
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  const { request } = exchangeOf(line, 422, sent === undefined ? {} : { sent });
  return {
    unknown: carriesUnknownFormat(request, operation, contract),
    list: carriesDeepList(request, operation),
  };
}

describe('carriesUnknownFormat', () => {
  it.each<[boolean, Json]>([
    [true, { phone: 'oak' }],
    [true, { phones: ['oak'] }],
    [true, { told: 'oak' }],
    [false, { told: '+15550100' }],
    [false, { told: null, phones: [] }],
    [false, { strict: '123', name: 'oak', secret: 'oak', price: 1.5 }],
    [false, { id: '8c2f5a4e-9c1d-4c39-9d52-0d3c7a4b1e22' }],
  ])('%s: %j', (unknown, sent) => {
    expect(asked('POST /people', sent).unknown).toBe(unknown);
  });

  it('looks at what is asked in the query', () => {
    expect(asked('POST /people?phone=oak').unknown).toBe(true);
    expect(asked('POST /people?price=1.5').unknown).toBe(false);
    expect(asked('POST /people?where%5B%5D=oak').unknown).toBe(false);
  });
});

describe('carriesDeepList', () => {
  it('is true of a list alone', () => {
    expect(asked('POST /people?where%5B%5D=oak').list).toBe(true);
    expect(asked('POST /people?where%5Ba%5D=oak&phone=1').list).toBe(false);
  });
});
