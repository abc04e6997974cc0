import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { keyOf, readToken, writeToken } from './json-web-token.ts';
import { weakSecrets } from './weak-secrets.ts';

/** The token that RFC 7519, section 3.1, and RFC 7515, appendix A.1, show, with its key. */
const shown =
  'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';

describe('readToken', () => {
  test('reads a token', () => {
    expect(readToken(shown)).toMatchObject({
      header: { typ: 'JWT', alg: 'HS256' },
      claims: { iss: 'joe', exp: 1300819380 },
    });
  });

  test.each(['', 'abc', 'a.b.c', '1|abcdef', `${shown}.x`, 'e30.e30.'])('%j is none', (token) => {
    expect(readToken(token)).toBeNull();
  });
});

test('a written token reads back, and is signed as HMAC signs', () => {
  const token = writeToken({ alg: 'HS256' }, { sub: '1' }, 'dev');
  const [header, claims, signature] = token.split('.');
  expect(signature).toBe(createHmac('sha256', 'dev').update(`${header}.${claims}`).digest('base64url'));
  expect(readToken(token)?.claims).toEqual({ sub: '1' });
  expect(writeToken({ alg: 'none' }, { sub: '1' }, 'dev')).toMatch(/\.$/);
});

test('a weak secret is found out, and a strong one is not', () => {
  const signed = (secret: string) => readToken(writeToken({ alg: 'HS512' }, { sub: '1' }, secret));
  const found = (secret: string) => {
    const token = signed(secret);
    return token === null ? undefined : (keyOf(token, weakSecrets('My Shop API'))?.secret ?? null);
  };
  expect(found('changeme')).toBe('changeme');
  expect(found('shop-secret')).toBe('shop-secret');
  expect(found('secretsecretsecretsecretsecretse')).toBe('secretsecretsecretsecretsecretse');
  expect(found('9f3c1e7ab2d84650c7f1a90b3e5d2846')).toBeNull();
});

test.each([
  ['text', 'c2VjcmV0LW9mLW91cnM='],
  ['base64', Buffer.from('c2VjcmV0LW9mLW91cnM=', 'base64')],
  ['base64', Buffer.from('c2VjcmV0LW9mLW91cnM=', 'base64'), 'HS512'],
  ['hex', Buffer.from('8f14e45fceea167a', 'hex')],
])('a secret is tried as %s', (form, key, alg = 'HS256') => {
  const token = readToken(writeToken({ alg }, { sub: '1' }, key));
  const found =
    token === null ? null : keyOf(token, ['another secret', 'bm90IGl0', '8f14e45fceea167a', 'c2VjcmV0LW9mLW91cnM=']);
  expect(found).toMatchObject({ form });
  expect(found === null ? '' : writeToken({ alg }, { sub: '1' }, found.bytes)).toBe(token?.parts.join('.'));
});

test('the key that a Spring tutorial prints is a weak secret in base64', () => {
  const printed = '404E635266556A586E3272357538782F413F4428472B4B6250645367566B5970';
  const token = readToken(writeToken({ alg: 'HS256' }, { sub: '1' }, Buffer.from(printed, 'base64')));
  expect(token === null ? null : keyOf(token, weakSecrets('Shop'))?.secret).toBe(printed);
});
