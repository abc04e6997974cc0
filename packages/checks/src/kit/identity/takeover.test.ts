import { randomUUID } from 'node:crypto';
import { inferShape, type Identity, readContract } from '@assay/contract';
import { expect, it } from 'vitest';
import { contextOf } from '../testing/scripted-for-tests.ts';
import { served } from '../testing/served-for-tests.ts';
import { authenticated } from './authenticated.ts';
import { openIdentities } from './identities.ts';
import { takenOver } from './takeover.ts';

const json = (properties: object) => ({
  'application/json': { schema: { type: 'object', required: Object.keys(properties), properties } },
});
const text = { type: 'string', minLength: 8 };
const contract = readContract({
  path: 'openapi.json',
  text: JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'People', version: '1' },
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    paths: {
      '/users': {
        post: {
          operationId: 'signUp',
          requestBody: { required: true, content: json({ username: text, password: text }) },
          responses: { '201': { description: 'made' } },
        },
      },
      '/login': {
        post: {
          operationId: 'login',
          requestBody: { required: true, content: json({ username: text, password: text }) },
          responses: { '200': { description: 'in', content: json({ token: text }) }, '401': { description: 'no' } },
        },
      },
      '/users/{username}': {
        get: {
          operationId: 'readUser',
          parameters: [{ name: 'username', in: 'path', required: true, schema: text }],
          responses: { '200': { description: 'one' } },
        },
      },
      '/users/{username}/password': {
        put: {
          operationId: 'setPassword',
          security: [{ bearer: [] }],
          parameters: [{ name: 'username', in: 'path', required: true, schema: text }],
          requestBody: { required: true, content: json({ password: text }) },
          responses: { '204': { description: 'set' }, '403': { description: 'no' } },
        },
      },
    },
  }),
});

/** A backend with accounts, over real sockets, in which the one sets the other's password. */
async function takeover(sets: 'anybody' | 'the owner' | 'nobody, and says 204') {
  const passwords = new Map<string, string>();
  const tokens = new Map<string, string>();
  const instance = await served(({ method, path, json: body, request }, response) => {
    const [, , name = ''] = path.split('/');
    const [username, password] = [String(body['username'] ?? ''), String(body['password'] ?? '')];
    const answer = (status: number, content?: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content ?? {}));
    if (method === 'PUT') {
      const asking = tokens.get((request.headers.authorization ?? '').replace('Bearer ', ''));
      if (sets === 'the owner' && asking !== decodeURIComponent(name)) return answer(403);
      if (sets !== 'nobody, and says 204') passwords.set(decodeURIComponent(name), password);
      return response.writeHead(204).end();
    }
    if (path === '/users') return passwords.set(username, password) && answer(201, { username });
    if (path !== '/login') return answer(200, { username: name });
    if (passwords.get(username) !== password) return answer(401);
    const token = randomUUID();
    tokens.set(token, username);
    return answer(200, { token });
  });
  let words = 0;
  const sending = {
    ...instance,
    send: (async (spec, options) =>
      instance.send(spec.as == null ? spec : authenticated(spec, spec.as), options)) as typeof instance.send,
  };
  const context = contextOf(contract, sending);
  const random = { ...context.random, unique: (prefix: string) => `${prefix}word${(words += 1)}` };
  const shape = inferShape(contract);
  const identities = openIdentities({
    contract,
    shape,
    settings: null,
    random: () => random,
    signal: new AbortController().signal,
  });
  const somebody = async (): Promise<Identity> => {
    const person = await identities.another(sending);
    if ('unavailable' in person) throw new Error(person.unavailable);
    return person;
  };
  const [owner, other] = [await somebody(), await somebody()];
  const operation = contract.operations.find(({ id }) => id === 'setPassword');
  if (operation === undefined) throw new Error('there is no such operation');
  const request = {
    method: 'PUT',
    target: `/users/${encodeURIComponent(owner.login)}/password`,
    headers: [['content-type', 'application/json']] as const,
    body: JSON.stringify({ password: 'whatever-1' }),
    operation: operation.id,
  };
  return takenOver({ ...context, random, shape }, operation, request, owner, other);
}

it('finds a password that anybody may set', async () => {
  expect(await takeover('anybody')).toMatchObject({
    exchange: { response: { status: 204 } },
    signedIn: { response: { status: 200 } },
    turnedAway: { response: { status: 401 } },
  });
});

it.each(['the owner', 'nobody, and says 204'] as const)('finds none that %s sets', async (sets) => {
  expect(await takeover(sets)).toBeNull();
});
