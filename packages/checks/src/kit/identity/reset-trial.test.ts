import { describe, expect, it } from 'vitest';
import { contextOf, contractOf } from '../testing/scripted-for-tests.ts';
import { served } from '../testing/served-for-tests.ts';
import { identitiesFor } from './notes-for-tests.ts';
import { unlike } from './password-reset.ts';
import { judgedReset, tryResets } from './reset-trial.ts';

const text = { type: 'string' };
const taking = (...names: readonly string[]) => {
  const schema = { type: 'object', required: names, properties: Object.fromEntries(names.map((name) => [name, text])) };
  return { required: true, content: { 'application/json': { schema } } };
};
const post = (operationId: string, ...names: readonly string[]) => ({
  post: { operationId, requestBody: taking(...names), responses: { '200': { description: 'ok' } } },
});

/** What the way back in does; it sends a mail to whom there is, and says the same to all, when nothing is given. */
interface Way {
  readonly tells?: (email: string, token: string | null) => readonly [number, object];
  /** The token is looked at. */
  readonly verifies?: boolean;
  /** Whether setting a password asks for a token. */
  readonly asks?: boolean;
}

async function told({ tells = () => [202, { message: 'a mail is on its way' }], verifies = true, asks = true }: Way) {
  const contract = contractOf({
    '/register': post('register', 'email', 'password'),
    '/login': post('login', 'email', 'password'),
    '/forgot-password': post('forgot', 'email'),
    '/reset-password': asks ? post('reset', 'token', 'newPassword') : post('reset', 'email', 'newPassword'),
  });
  const people = new Map<string, string>();
  const tokens = new Map<string, string>();
  const backend = await served(({ path, json }, response) => {
    const answer = (status: number, value: object = {}): unknown =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    const email = String(json['email']);
    if (path === '/register') {
      people.set(email, String(json['password']));
      return answer(201, { id: people.size });
    }
    if (path === '/login')
      return people.get(email) === json['password'] ? answer(200, { token: 'a session of theirs' }) : answer(401);
    if (path === '/forgot-password') {
      const token = people.has(email) ? `token${tokens.size}xyzxyz` : null;
      if (token !== null) tokens.set(token, email);
      return answer(...tells(email, token));
    }
    const whose = asks ? tokens.get(String(json['token'])) : email;
    if (whose === undefined || !people.has(whose)) return answer(400);
    if (verifies) people.set(whose, String(json['newPassword']));
    return answer(200);
  });
  const context = contextOf(contract, backend, { identities: identitiesFor(contract) });
  const accounts = [];
  for (let number = 0; number < 4; number += 1) {
    const someone = await context.identities.another(backend);
    if ('login' in someone) accounts.push(someone);
  }
  return judgedReset(await tryResets(context, accounts));
}

describe('the way back in', () => {
  it('passes when it says the same to all, and shows no token', async () => {
    expect(await told({})).toEqual({
      findings: [],
      basis: '; so do 4 pairs of requests for another password',
    });
  });

  it('is a finding when it tells by its status or its words who has an account', async () => {
    const byStatus = await told({ tells: (_, token) => [token === null ? 404 : 200, {}] });
    expect(byStatus.findings).toMatchObject([{ key: 'forgot the status' }]);
    const byWords = await told({ tells: (_, token) => [200, { message: token === null ? 'unknown' : 'sent' }] });
    expect(byWords.findings).toMatchObject([{ key: 'forgot the body' }]);
  });

  it('is none when a part of the address is shown to all, or no mail can be sent to those who have an account', async () => {
    const masked = await told({
      tells: (email) => [200, { to: `${email[0]}***${email.slice(email.indexOf('@') - 1)}` }],
    });
    expect(masked.findings).toEqual([]);
    const failing = await told({ tells: (_, token) => [token === null ? 200 : 500, {}] });
    expect(failing).toEqual({ findings: [], basis: '' });
  });

  it('is a finding when the answer holds what sets the password', async () => {
    const shown = (_: string, token: string | null) => [200, { resetToken: token ?? 'token99xyzxyz' }] as const;
    expect((await told({ tells: shown })).findings).toMatchObject([
      { key: 'reset taken over', severity: 'critical', title: expect.stringContaining('had the token') },
    ]);
    const linked = (_: string, token: string | null) =>
      [200, { link: `https://a.example/r?t=${token ?? 'token99xyzxyz'}` }] as const;
    expect((await told({ tells: linked })).findings).toMatchObject([{ key: 'reset taken over' }]);
    // A password that stays is no account that was taken.
    expect((await told({ tells: shown, verifies: false })).findings).toEqual([]);
  });

  it('is a finding when it sets the password of whoever is named', async () => {
    expect((await told({ asks: false })).findings).toMatchObject([
      { key: 'reset taken over', title: expect.stringContaining('no more than the name') },
    ]);
    expect((await told({ asks: false, verifies: false })).findings).toEqual([]);
  });
});

describe('unlike', () => {
  it('begins and ends alike, and has the same length', () => {
    expect(unlike('somebody99@example.com')).toBe('somrobqy99@example.com');
    expect(unlike('short@example.com')).toBeNull();
  });
});
