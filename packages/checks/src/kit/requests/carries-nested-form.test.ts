import { describe, expect, it } from 'vitest';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { carriesNestedForm } from './carries-nested-form.ts';

const urlencoded = 'application/x-www-form-urlencoded';
const schema = {
  type: 'object',
  properties: {
    title: { type: 'string' },
    tags: { type: 'array', items: { type: 'string' } },
    address: { $ref: '#/components/schemas/Address' },
  },
};
const contract = contractOf(
  {
    '/things': {
      post: {
        requestBody: {
          content: {
            'application/json': { schema },
            [urlencoded]: { schema },
            'multipart/form-data': { schema, encoding: { address: { contentType: 'application/json' } } },
          },
        },
        responses: { 201: { description: 'made' } },
      },
    },
  },
  { Address: { type: 'object', properties: { street: { type: 'string' } } } },
);

const carries = (type: string, text: string): boolean => {
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('the contract has no operation');
  const { request } = exchangeOf('POST /things', 400);
  return carriesNestedForm({ ...request, headers: [['Content-Type', type]], body: { text } }, operation, contract);
};

describe('carriesNestedForm', () => {
  it('holds for a list or an object in a form', () => {
    expect(carries(urlencoded, 'title=oak&tags=tea')).toBe(true);
    expect(carries(urlencoded, 'address=%7B%7D')).toBe(true);
    const part = (name: string) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\noak\r\n--x--\r\n`;
    expect(carries('multipart/form-data; boundary=x', part('tags'))).toBe(true);
    expect(carries('multipart/form-data; boundary=x', part('title'))).toBe(false);
    // The contract says how it is to be written.
    expect(carries('multipart/form-data; boundary=x', part('address'))).toBe(false);
  });

  it('does not hold for plain fields, nor for JSON', () => {
    expect(carries(urlencoded, 'title=oak&other=1')).toBe(false);
    expect(carries('application/json', '{"tags":["oak"]}')).toBe(false);
  });
});
