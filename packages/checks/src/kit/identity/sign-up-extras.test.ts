import { randomUUID } from 'node:crypto';
import type { Instance } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { check } from '../../security/mass-assignment.ts';
import { judged } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf } from '../testing/scripted-for-tests.ts';
import { served } from '../testing/served-for-tests.ts';
import { authenticated } from './authenticated.ts';
import { readToken, writeToken } from './json-web-token.ts';
import { identitiesFor } from './notes-for-tests.ts';

const text = { type: 'string' };
const credentials = {
  required: true,
  content: {
    'application/json': {
      schema: { type: 'object', required: ['email', 'password'], properties: { email: text, password: text } },
    },
  },
};
const profile = {
  content: { 'application/json': { schema: { type: 'object', properties: { displayName: text } } } },
};
const ok = { '200': { description: 'ok' } };

type Account = Readonly<Record<string, unknown>>;

/** @param take what of a sign-up goes into the account. @param shows whether there is a profile, or only a token that says the role */
async function told(take: (body: Account, made: number) => Account, shows: 'profile' | 'token', offersLater = false) {
  const paths = {
    '/auth/register': { post: { operationId: 'register', requestBody: credentials, responses: ok } },
    '/auth/login': { post: { operationId: 'login', requestBody: credentials, responses: ok } },
    ...(shows === 'profile'
      ? {
          '/me': {
            get: { operationId: 'me', responses: ok },
            ...(offersLater ? { patch: { operationId: 'changeMe', requestBody: profile, responses: ok } } : {}),
          },
        }
      : {}),
    '/notes': { get: { operationId: 'notes', responses: ok } },
  };
  const contract = contractOf(paths);
  const accounts = new Map<string, Account>();
  const backend = await served(({ path, json, request }, response) => {
    const answer = (status: number, value: unknown = {}): unknown =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (path === '/auth/register') {
      const id = randomUUID();
      const { email, password } = json;
      accounts.set(id, {
        role: 'user',
        verified: false,
        displayName: 'new here',
        ...take(json, accounts.size),
        id,
        email,
        password,
      });
      return answer(201, { id });
    }
    if (path === '/auth/login') {
      const account = [...accounts.values()].find(
        ({ email, password }) => email === json['email'] && password === json['password'],
      );
      if (account === undefined) return answer(401);
      const claims = { sub: String(account['id']), ...(shows === 'token' ? { role: String(account['role']) } : {}) };
      return answer(200, { token: writeToken({ alg: 'HS256' }, claims, 'secret') });
    }
    const claims = readToken(request.headers.authorization?.replace('Bearer ', '') ?? '')?.claims;
    const { password: _, ...account } = accounts.get(String(claims?.['sub'])) ?? {};
    return path === '/me' && claims !== undefined ? answer(200, { data: account }) : answer(401);
  });
  const sending: Instance = {
    ...backend,
    send: (sent, options) => backend.send(sent.as == null ? sent : authenticated(sent, sent.as), options),
  };
  const context = contextOf(contract, sending, { identities: identitiesFor(contract) });
  return judged(check, await check.probe(context), contract);
}

const offered = ({ email, password }: Account): Account => ({ email, password });

describe('what is sent along at sign-up', () => {
  it('is found in the profile of whoever signed up, and in what their token says', async () => {
    const whole = await told((body) => body, 'profile');
    expect(whole.findings.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['register role', 'register verified']),
    );
    expect((await told((body) => body, 'token')).findings).toMatchObject([{ key: 'register role' }]);
  });

  it('passes where it is ignored', async () => {
    const ignored = await told(offered, 'profile');
    expect(ignored).toMatchObject({ status: 'passed', reason: expect.stringContaining('1 operation did not offer') });
    expect((await told(offered, 'token')).status).toBe('passed');
  });

  it('passes what they may say of themselves later on', async () => {
    const named = ({ email, password, displayName = 'new here' }: Account): Account => ({
      email,
      password,
      displayName,
    });
    expect((await told(named, 'profile', true)).findings).toEqual([]);
    expect((await told(named, 'profile')).findings).toMatchObject([{ key: 'register displayName' }]);
    expect((await told((body) => body, 'profile', true)).findings.map(({ key }) => key)).toContain('register role');
  });

  it('passes what people come to by themselves', async () => {
    for (const turn of [0, 1]) {
      const role = (made: number) => (made % 2 === turn ? 'user' : 'admin');
      const inTurns = await told((body, made) => ({ ...offered(body), role: role(made) }), 'token');
      expect(inTurns.findings).toEqual([]);
    }
    const later = await told((body, made) => ({ ...offered(body), role: made < 3 ? 'user' : 'admin' }), 'token');
    expect(later.findings).toEqual([]);
  });
});
