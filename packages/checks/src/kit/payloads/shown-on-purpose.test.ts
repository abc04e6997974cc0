import { inferShape } from '@assay/contract';
import { expect, it } from 'vitest';
import { object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { isOfAccount } from './shown-on-purpose.ts';

const known = object({ username: text, password: text });
const post = (operationId: string, body = known) => ({
  post: { operationId, requestBody: taken(body), responses: { '201': said(body) } },
});

it.each(['/join', '/employees', '/register', '/users/create', '/clients/{id}/password'])(
  'takes the password of POST %s for one of an account',
  (path) => {
    const contract = contractOf({ [path]: post('make'), '/session': post('login') });
    const of = contract.operations.map((one) => isOfAccount(one, contract, inferShape(contract).signIn));
    expect(of).toEqual([true, true]);
  },
);

it('takes the password that a password manager keeps for one that is shown on purpose', () => {
  const entry = object({ site: text, username: text, password: text });
  const contract = contractOf({
    '/register': post('register'),
    '/session': post('login'),
    '/entries': post('keep', entry),
    '/clients/{id}/logins': post('keepFor', entry),
  });
  const operations = contract.operations.map((one) =>
    one.id.startsWith('keep') ? { ...one, security: [['bearer']] } : one,
  );
  const { signIn } = inferShape({ ...contract, operations });
  expect(operations.map((one) => isOfAccount(one, contract, signIn))).toEqual([true, true, false, false]);
});
