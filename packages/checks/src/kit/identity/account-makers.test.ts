import { inferShape, type Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { credentials, object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { accountMakers } from './account-makers.ts';

function makers(paths: Readonly<Record<string, Json>>) {
  const contract = contractOf(
    Object.fromEntries(
      Object.entries(paths).map(([path, schema]) => {
        const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
          name,
          in: 'path',
          required: true,
          schema: text,
        }));
        return [
          path,
          { post: { operationId: path, parameters, requestBody: taken(schema), responses: { '201': said() } } },
        ];
      }),
    ) as Json,
  );
  const shape = { ...inferShape(contract), signIn: null };
  return accountMakers({ contract, shape }).map(({ operation, password }) => `${operation.id} ${password}`);
}

it('finds what gives people an account: a name and a password', () => {
  const staff = object({ username: text, password: text, role: text });
  expect(makers({ '/users': staff, '/register-admin': credentials, '/staff/create': staff })).toEqual([
    '/users /password',
    '/register-admin /password',
    '/staff/create /password',
  ]);
});

it('leaves alone accounts of other services, people without a password, and other purposes', () => {
  const other = object({ email: text, code: text, password: text });
  expect(
    makers({
      '/mail-accounts': credentials,
      '/databases/{id}/users': credentials,
      '/members': object({ email: text }),
      '/users/password': credentials,
      '/users': other,
    }),
  ).toEqual([]);
});
