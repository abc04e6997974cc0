import { expect, test } from 'vitest';
import { readContract } from '../openapi/read-contract.ts';
import { isEntrance } from './entrance.ts';

const text = { type: 'string' };

/** Whether an operation of that path, in a contract with one rule for all operations, is a way in. */
function isWayIn(
  path: string,
  {
    members = [],
    method = 'post',
    query = [],
    required = true,
    security = [{ bearer: [] }],
  }: {
    readonly members?: readonly string[];
    readonly method?: 'post' | 'get';
    readonly query?: readonly string[];
    readonly required?: boolean;
    readonly security?: object;
  },
): boolean {
  const schema = { type: 'object', properties: Object.fromEntries(members.map((name) => [name, text])) };
  const contract = readContract({
    path: 'openapi.json',
    text: JSON.stringify({
      openapi: '3.1.0',
      info: { title: 't', version: '1' },
      security,
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      paths: {
        [path]: {
          [method]: {
            parameters: [
              ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
                name,
                in: 'path',
                required: true,
                schema: text,
              })),
              ...query.map((name) => ({ name, in: 'query', required, schema: text })),
            ],
            ...(method === 'get' ? {} : { requestBody: { content: { 'application/json': { schema } } } }),
            responses: { '200': { description: '' } },
          },
        },
      },
    }),
  });
  return contract.operations.some((operation) => isEntrance(operation, contract));
}

test.each<[string, readonly string[]]>([
  ['/auth/login', ['email', 'password']],
  ['/auth/google/sign-in', ['idToken']],
  ['/auth/register', ['email', 'password', 'name']],
  ['/register', []],
  ['/auth/forgot-password', ['email']],
  ['/reset-password/{token}', ['password']],
  ['/auth/refresh', []],
  ['/refresh', ['refreshToken']],
  ['/verify-email', ['code']],
])('%s is a way in', (path, members) => {
  expect(isWayIn(path, { members })).toBe(true);
});

test.each<[string, readonly string[]]>([
  ['/orders', ['email', 'password']],
  ['/devices/register', ['token', 'platform']],
  ['/events/{id}/register', ['email']],
  ['/users/{id}/verify', []],
  ['/games/reset', ['level']],
  ['/me/password', ['old', 'new']],
])('%s is none', (path, members) => {
  expect(isWayIn(path, { members })).toBe(false);
});

test('so is what a link in a message leads to', () => {
  expect(isWayIn('/auth/verify-email', { method: 'get', query: ['token'] })).toBe(true);
  expect(isWayIn('/auth/confirm/{token}', { method: 'get' })).toBe(true);
  expect(isWayIn('/auth/verify-email', { method: 'get' })).toBe(false);
  expect(isWayIn('/orders/{id}/confirmation', { method: 'get', query: ['code'] })).toBe(false);
  expect(isWayIn('/users', { method: 'get', query: ['token'] })).toBe(false);
});

test.each<[string, readonly string[], boolean]>([
  ['/coupons/verify', ['code'], true],
  ['/activation', ['nextToken'], true],
  ['/kyc/verification', ['country_code'], true],
  ['/me/recovery', ['sort_key'], true],
  ['/orders/confirmation', ['state'], true],
  ['/account/verification', ['code'], false],
  ['/accountVerification/reports/{code}', [], true],
])('%s, read with %s, is no link in a message', (path, query, required) => {
  expect(isWayIn(path, { method: 'get', query, required })).toBe(false);
});

test('what the contract gives to a role is none', () => {
  expect(isWayIn('/auth/register', { members: ['email', 'password'], security: [{ bearer: ['admin'] }] })).toBe(false);
});
