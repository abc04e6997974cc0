import { inferShape, type Instance, type Json, readContract } from '@assay/contract';
import { describe, expect, test } from 'vitest';
import { object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { contextOf, scripted } from '../testing/scripted-for-tests.ts';
import { openIdentities } from './identities.ts';

const email = { type: 'string', format: 'email' };
const protectedBy = { security: [{ bearer: [] }] };

/** A market: people sign up as one of these, and what they may do hangs on it. */
function market(role: Json) {
  const signUp = { ...object({ email, password: text, role }), required: ['email', 'password'] };
  const made = { '201': said(object({ id: text })) };
  const paths = {
    '/register': { post: { operationId: 'register', security: [], requestBody: taken(signUp), responses: made } },
    '/login': {
      post: {
        operationId: 'login',
        security: [],
        requestBody: taken(object({ email, password: text })),
        responses: { '200': said(object({ token: text })) },
      },
    },
    '/shops': {
      post: { operationId: 'addShop', ...protectedBy, requestBody: taken(object({ name: text })), responses: made },
    },
    '/shops/{id}': {
      get: {
        operationId: 'getShop',
        ...protectedBy,
        parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
        responses: { '200': said(object({ id: text, name: text })) },
      },
    },
  };
  const components = { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } };
  const document = { openapi: '3.1.0', info: { title: 'Market', version: '1' }, components, paths };
  return readContract({ path: 'openapi.json', text: JSON.stringify(document) });
}

/** Who signs up, in order; sellers alone may have shops. */
async function signedUpAs(role: Json, may: readonly string[] = ['seller']): Promise<readonly unknown[]> {
  const contract = market(role);
  const roles: unknown[] = [];
  const known = new Map<string, unknown>();
  const plain = scripted((line, body) => {
    const sent = (body ?? {}) as Readonly<Record<string, string>>;
    if (line === 'POST /register') {
      roles.push(sent['role']);
      known.set(`${sent['email']}`, sent['role']);
      return [201, { id: '1' }];
    }
    return line === 'POST /login' ? [200, { token: `of ${sent['email']}` }] : [404];
  });
  const instance: Instance = {
    ...plain,
    send: async (request, options) => {
      const exchange = await plain.send(request, options);
      if (request.operation !== 'addShop' || exchange.response === undefined) return exchange;
      const role = known.get(request.as?.login ?? '');
      return { ...exchange, response: { ...exchange.response, status: may.includes(String(role)) ? 201 : 403 } };
    },
  };
  const { random } = contextOf(contract, instance);
  let word = 0;
  const identities = openIdentities({
    contract,
    shape: inferShape(contract),
    settings: null,
    random: () => ({ ...random, unique: (prefix) => `${prefix}w${(word += 1)}x` }),
    signal: new AbortController().signal,
  });
  for (let time = 0; time < 3; time += 1) await identities.another(instance);
  return roles;
}

describe('what people sign up as', () => {
  test('is what is refused the least', async () => {
    const role = { type: 'string', enum: ['buyer', 'seller'] };
    expect(await signedUpAs(role)).toEqual(['buyer', 'seller', 'seller', 'seller']);
    expect(await signedUpAs({ ...role, default: 'seller' })).toEqual(['seller', 'seller', 'seller']);
    expect(await signedUpAs(role, ['buyer', 'seller'])).toEqual(['buyer', 'buyer', 'buyer']);
    expect(await signedUpAs(role, [])).toEqual(['buyer', 'seller', 'buyer', 'buyer']);
  });

  test('is nothing that is above others, or looks after them', async () => {
    const role = { type: 'string', enum: ['admin', 'teacher', 'buyer'] };
    expect(await signedUpAs(role, ['admin'])).toEqual(['buyer', 'buyer', 'buyer']);
    const staff = { type: 'string', enum: ['employee', 'manager', 'teacher'] };
    expect(await signedUpAs(staff, ['manager', 'teacher'])).toEqual(['employee', 'employee', 'employee']);
  });

  test('is left to the request where nothing is to be chosen', async () => {
    expect(await signedUpAs({ type: 'string', enum: ['seller'] })).toHaveLength(3);
    expect(await signedUpAs({ type: 'string', maxLength: 5 })).toHaveLength(3);
  });
});
