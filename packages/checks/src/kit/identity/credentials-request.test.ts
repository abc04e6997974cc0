import { bodyText } from '@assay/contract';
import { expect, it } from 'vitest';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { loginRequest, signUpRequest } from './credentials-request.ts';

const text = { type: 'string' };
const user = { type: 'object', properties: { email: text, password: text } };
const { operations, ...rest } = contractOf({
  '/login': {
    post: {
      requestBody: {
        content: { 'application/json': { schema: { type: 'object', properties: { user, device: text } } } },
      },
      responses: { '200': { description: '' } },
    },
  },
});
const contract = { operations, ...rest };
const [operation] = operations;
if (operation === undefined) throw new Error('the operation was not read');
const fields = { operation: operation.id, login: '/user/email', password: '/user/password' };
const step = { operation, fields, template: null };
const base = (value: object) => ({
  operation: operation.id,
  path: {},
  query: {},
  headers: {},
  cookies: {},
  body: { mediaType: 'application/json', value: value as never },
});
const sent = (request: { readonly body?: unknown }) => JSON.parse(bodyText({ text: String(request.body) })) as unknown;

it('logs in with the credentials alone, in what they are wrapped in', () => {
  const whole = base({ user: { email: 'x', password: 'y' }, device: 'phone' });
  const expected = { user: { email: 'a@example.com', password: 'secret' } };
  expect(sent(loginRequest(contract, step, whole, 'a@example.com', 'secret'))).toEqual(expected);
  expect(sent(loginRequest(contract, step, base({}), 'a@example.com', 'secret'))).toEqual(expected);
});

it('signs up with credentials where the wrapper may be left out', () => {
  const { spec } = signUpRequest(contract, step, base({}), 'user1');
  expect(sent(spec)).toEqual({ user: { email: expect.stringContaining('@'), password: expect.any(String) } });
});
