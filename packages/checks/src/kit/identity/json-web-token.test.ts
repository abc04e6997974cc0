import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readToken, secretOf, writeToken } from './json-web-token.ts';
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
    return token === null ? undefined : secretOf(token, weakSecrets('My Shop API'));
  };
  expect(found('changeme')).toBe('changeme');
  expect(found('shop-secret')).toBe('shop-secret');
  expect(found('secretsecretsecretsecretsecretse')).toBe('secretsecretsecretsecretsecretse');
  expect(found('9f3c1e7ab2d84650c7f1a90b3e5d2846')).toBeNull();
});
