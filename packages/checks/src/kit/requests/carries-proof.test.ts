import { describe, expect, it } from 'vitest';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { carriesProof, carriesWeakPassword } from './carries-proof.ts';

const sent = (body: Record<string, string | object>) =>
  carriesProof(exchangeOf('POST /a', 400, { sent: body as never }).request);

describe('carriesProof', () => {
  it.each(['token', 'resetToken', 'refresh_token', 'idToken', 'otp', 'verificationCode', 'current_password'])(
    'knows %s for something that cannot be made up',
    (name) => {
      expect(sent({ [name]: 'oak' })).toBe(true);
      expect(sent({ user: { [name]: 'oak' } })).toBe(true);
    },
  );

  it.each(['title', 'code', 'currencyCode', 'postal_code', 'password', 'new_password', 'tokens', 'passwordHint'])(
    'takes %s for an ordinary member',
    (name) => {
      expect(sent({ [name]: 'oak' })).toBe(false);
    },
  );

  it('looks at the query and at forms as well', () => {
    expect(carriesProof(exchangeOf('GET /confirm?token=oak', 400).request)).toBe(true);
    const form = exchangeOf('POST /token', 400).request;
    const headers = [['content-type', 'application/x-www-form-urlencoded']] as const;
    expect(carriesProof({ ...form, headers, body: { text: 'grant=a&refresh_token=oak' } })).toBe(true);
    expect(carriesProof({ ...form, headers, body: { text: 'username=a&password=oak' } })).toBe(false);
  });
});

it('knows a password that is refused for being easy', () => {
  const weak = (password: string) =>
    carriesWeakPassword(exchangeOf('POST /a', 400, { sent: { user: { password } } as never }).request);
  expect(weak('oak')).toBe(true);
  expect(weak('oakoakoakoakoak')).toBe(true);
  expect(weak('Quiet-Harbour7!')).toBe(false);
  expect(carriesWeakPassword(exchangeOf('POST /a', 400, { sent: { title: 'oak' } as never }).request)).toBe(false);
  const form = exchangeOf('POST /a', 400).request;
  const headers = [['content-type', 'multipart/form-data; boundary=b']] as const;
  const part = (name: string, value: string) =>
    `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const parts = {
    ...form,
    headers,
    body: { text: `${part('email', 'a@b.c')}${part('new_password', 'oak')}--b--\r\n` },
  };
  expect(carriesWeakPassword(parts)).toBe(true);
  expect(carriesProof(parts)).toBe(false);
  expect(carriesProof({ ...parts, body: { text: `${part('old_password', 'oak')}--b--\r\n` } })).toBe(true);
});
