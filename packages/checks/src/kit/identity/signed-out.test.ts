import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { JsonObject } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { check } from '../../security/token-forgery.ts';
import { contextOfPeople, contractOfPeople, twoPeople } from '../authorization/people-for-tests.ts';
import { said } from '../testing/openapi-for-tests.ts';
import { judged } from '../testing/recordings-for-tests.ts';
import { served } from '../testing/served-for-tests.ts';
import { writeToken } from './json-web-token.ts';
import { isDrawn, signedOut } from './signed-out.ts';

interface Habits {
  /** What becomes of a token at signing out; `late`: it opens one thing more. */
  readonly ends?: 'at once' | 'late' | 'never';
  readonly token?: () => string;
  /** What a login answers beside the token. */
  readonly beside?: JsonObject;
  /** Signing out is answered with this whoever asks. */
  readonly out?: number;
  readonly description?: string;
  readonly path?: string;
}

const drawn = (): string => randomBytes(32).toString('base64url');
const signed = (): string => writeToken({ alg: 'HS256' }, { sub: randomUUID() }, randomUUID());

/** A backend with one way out, and its contract. */
async function people({ ends = 'never', token = drawn, beside = {}, out, description, path = '/logout' }: Habits) {
  const known = new Map<string, number>();
  const backend = await served((asked, response) => {
    const answer = (status: number, value: unknown = {}): unknown =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    const given = asked.request.headers.authorization?.slice('Bearer '.length) ?? '';
    if (asked.path === '/register') return answer(201);
    if (asked.path === '/login') {
      const made = token();
      known.set(made, Number.POSITIVE_INFINITY);
      return answer(200, { token: made, ...beside });
    }
    const left = known.get(given) ?? 0;
    if (asked.path === path) {
      if (out === undefined && left <= 0) return answer(401);
      if (ends !== 'never') known.set(given, ends === 'late' ? 1 : 0);
      return answer(out ?? 200);
    }
    known.set(given, left - 1);
    return answer(left > 0 ? 200 : 401, []);
  });
  const operation = { description: description ?? 'Signs out.', responses: { '200': said() } };
  const contract = contractOfPeople({
    '/notes': { get: { operationId: 'listNotes', responses: { '200': said() } } },
    [path]: { post: { operationId: 'leave', ...operation } },
  });
  return { context: contextOfPeople(contract, backend), contract };
}

/** What is told of signing out alone, with less patience than the check has. */
async function told(habits: Habits) {
  const { context, contract } = await people(habits);
  const [mine] = await twoPeople(context);
  const gone = await signedOut(context, mine, { method: 'GET', target: '/notes' }, 1);
  const none = { forged: [], guessed: null, impersonated: null, trouble: null };
  const genuine = await context.backend.send({ method: 'GET', target: '/notes', as: (await twoPeople(context))[1] });
  return judged(check, { ...none, operation: 'listNotes', kind: 'opaque', genuine, signedOut: gone }, contract);
}

const lasting = [{ key: 'signed out', severity: 'medium' }];
const broken = [{ key: 'signed out', severity: 'high' }];

describe('a token with which somebody signed out', () => {
  const refused = {
    status: 'passed',
    reason: expect.stringContaining('the one with which somebody signed out refused'),
  };

  it('is refused at once or a little later', async () => {
    for (const ends of ['at once', 'late'] as const) expect(await told({ ends })).toMatchObject(refused);
  });

  it('is tried once the other tokens were', async () => {
    const { context, contract } = await people({ ends: 'at once' });
    expect(judged(check, await check.probe(context), contract)).toMatchObject(refused);
  });

  it('is found to go on opening things', async () => {
    expect((await told({})).findings).toMatchObject(lasting);
    expect((await told({ description: 'Revokes the token.' })).findings).toMatchObject(broken);
  });

  it('need not end where it says by itself whose it is, unless the contract says that it does', async () => {
    expect((await told({ token: signed })).findings).toEqual([]);
    expect((await told({ token: signed, description: 'Revokes the current access token.' })).findings).toMatchObject(
      broken,
    );
    const ofClient = 'The client throws it away; the refresh token is revoked.';
    expect((await told({ token: signed, description: ofClient })).findings).toEqual([]);
  });

  it('need not end where the contract says that it goes on', async () => {
    const description = 'Clears the cookie. The token stays valid until it expires.';
    expect((await told({ description })).findings).toEqual([]);
  });

  it('need not end where another one renews it', async () => {
    expect((await told({ beside: { refresh_token: 'r' } })).findings).toEqual([]);
  });

  it('need not end where nothing shows that it says who signs out', async () => {
    expect((await told({ out: 200 })).findings).toEqual([]);
    expect((await told({ path: '/logout-others' })).findings).toEqual([]);
    expect((await told({ path: '/attendance/sign-out' })).findings).toEqual([]);
  });
});

it('tells what only the backend knows from what says something', () => {
  const hash = createHash('sha256').update('x').digest();
  for (const token of [
    hash.toString('hex'),
    hash.toString('base64url'),
    `17|${hash.toString('hex').slice(0, 40)}`,
    `s%3A${hash.toString('base64url').slice(0, 32)}.${hash.toString('base64url')}`,
    'JUVL6ODE6QWO4HUOP7OZNLGI72BEHAVI2B6FBYQNGOKWV6E5FMIL',
  ])
    expect(isDrawn(token)).toBe(true);
  for (const token of [
    signed(),
    'ann',
    Buffer.from('user:42:1790000000:admin').toString('base64'),
    Buffer.from('user:42:1790000000').toString('hex'),
    `v2.local.${hash.toString('base64url')}`,
    Buffer.concat([hash, hash]).toString('base64url'),
  ])
    expect(isDrawn(token)).toBe(false);
});
