import { isJsonObject, type Json, type JsonObject } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { check } from '../../data/update-is-visible.ts';
import { contextWithPeople, notesBackend } from '../identity/notes-for-tests.ts';
import { object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { shop } from '../setup/shop-for-tests.ts';
import { ownThings, thingsOfOne } from './own-things.ts';

const nullable = { type: ['string', 'null'], minLength: 3, maxLength: 20 };
const profile = object({ name: text, phone: nullable, motto: nullable, plan: text, email: text, password: text });
const security = [{ bearer: [] }];
const me = {
  get: {
    operationId: 'getMe',
    security,
    responses: { '200': said(object({ name: text, phone: nullable, motto: nullable, plan: text })) },
  },
  patch: {
    operationId: 'patchMe',
    security,
    requestBody: taken({ ...profile, required: [] }),
    responses: { '200': said() },
  },
};

async function judgedWith(change: (old: JsonObject, sent: JsonObject) => JsonObject) {
  const contract = contractOf({ '/me': me } as Json);
  const asked = { ...contract, operations: contract.operations.map((one) => ({ ...one, security: [['bearer']] })) };
  let kept: JsonObject = { name: 'Ann', phone: null, motto: null };
  const sentPasswords: Json[] = [];
  const alone = new Set<string>();
  const { instance: people } = await notesBackend();
  const own = scripted((line, body) => {
    const sent = isJsonObject(body) ? body : {};
    if ('password' in sent) sentPasswords.push(sent['password'] ?? null);
    const [only, ...more] = Object.keys(sent);
    if (only !== undefined && more.length === 0 && sent[only] !== null) alone.add(only);
    if (line === 'PATCH /me') kept = change(kept, sent);
    return line.endsWith(' /me') ? [200, kept] : [404];
  });
  const instance: typeof people = {
    ...people,
    send: (request, options) => (request.target === '/me' ? own : people).send(request, options),
  };
  const context = { ...contextWithPeople(instance), contract: asked };
  const shape = { ...context.shape, resources: [] };
  const evidence = await check.probe({ ...context, shape });
  return { told: check.judge(evidence, asked), sentPasswords, alone };
}

it('finds the account of somebody new where accounts are made elsewhere', async () => {
  const context = await shop();
  const resources = context.shape.resources.map((one) =>
    one.name === 'users' ? { ...one, patch: 'changeUser' } : one,
  );
  const [account, ...others] = await thingsOfOne({ ...context, shape: { ...context.shape, resources } });
  if (account === undefined) throw new Error('there is no account');
  expect(others).toEqual([]);
  const target = `/users/${String(account.own['path:id'])}`;
  const { response } = await account.context.backend.send({ method: 'GET', target, operation: 'getUser' });
  expect(response?.status).toBe(200);
});

describe('what each person has one of', () => {
  it('is read and changed at one address that names nobody', () => {
    const bearer = contractOf({ '/me': me, '/about': me, '/users/{id}/profile': me } as Json);
    const operations = bearer.operations.map((one) => ({ ...one, security: [['bearer']] }));
    expect(ownThings({ ...bearer, operations })).toMatchObject([
      { name: '/me', read: 'getMe', patch: 'patchMe', replace: null, create: null },
    ]);
    expect(ownThings(bearer)).toEqual([]);
  });

  it('is held to what was sent, and to what was not', async () => {
    const { password: _, ...rest } = { password: '' };
    const right = await judgedWith((old, { password: _none, ...sent }) => ({ ...rest, ...old, ...sent }));
    expect(right.told).toMatchObject({ status: 'passed', reason: expect.stringMatching(/^\d+ updates made and read/) });
    expect(right.sentPasswords).toEqual([]);
    // Each of the others went unnamed once.
    expect(right.alone.size).toBeGreaterThanOrEqual(2);
    // What the client is offered and may not change after all is no promise of its own.
    const keepsPlan = await judgedWith((old, { password: _none, plan: _plan, ...sent }) => ({
      ...old,
      plan: 'free',
      ...sent,
    }));
    expect(keepsPlan.told.status).toBe('passed');
    const resets = await judgedWith((old, sent) => ({ ...old, phone: null, ...sent }));
    expect(resets.told.findings).toMatchObject([{ key: 'patchMe /phone not kept' }]);
    const keeps = await judgedWith((old, sent) => ({
      ...old,
      ...Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== null)),
    }));
    expect(keeps.told.findings.map(({ key }) => key).toSorted()).toEqual([
      'patchMe /motto not written',
      'patchMe /phone not written',
    ]);
  });
});
