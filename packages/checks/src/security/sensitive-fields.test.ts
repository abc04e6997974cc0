import { createHash } from 'node:crypto';
import { type Exchange, type Json, nobody } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { exchangeOf, judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, contractOf } from '../kit/testing/scripted-for-tests.ts';
import { type Asked, served } from '../kit/testing/served-for-tests.ts';
import { check } from './sensitive-fields.ts';

const text = { type: 'string' };
const taken = (schema: Json) => ({ required: true, content: { 'application/json': { schema } } });
const ok = { description: 'ok' };
const contract = contractOf({
  '/users': {
    post: {
      operationId: 'signUp',
      requestBody: taken({
        type: 'object',
        required: ['name', 'password'],
        properties: { name: text, password: text },
      }),
      responses: { '201': ok },
    },
    get: { operationId: 'listUsers', responses: { '200': ok } },
  },
  '/files': {
    post: {
      operationId: 'createFile',
      requestBody: taken({
        type: 'object',
        required: ['name', 'text'],
        properties: { name: text, text: { ...text, writeOnly: true } },
      }),
      responses: { '201': ok },
    },
  },
});

/** @param show what an answer holds of what was sent */
async function answeredBy(show: (asked: Asked, all: readonly Asked[]) => unknown) {
  const all: Asked[] = [];
  const backend = await served((asked, response) => {
    if (asked.method === 'POST') all.push(asked);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(show(asked, all)));
  });
  return judged(check, await check.probe(contextOf(contract, backend)), contract);
}

describe(check.id, () => {
  it('passes a recording of a reference and fails one of a mutant', () => {
    expect(judged(check, recorded(check, 'pass')).status).toBe('passed');
    expect(judged(check, recorded(check, 'fail')).status).toBe('failed');
  });

  it('finds a password in the answer, and in a list', async () => {
    const own = await answeredBy(({ path, json }) => (path === '/users' ? json : {}));
    expect(own.findings).toMatchObject([{ key: 'signUp sent password' }]);
    const listed = await answeredBy(({ method }, all) => (method === 'GET' ? all.map(({ json }) => json) : {}));
    expect(listed.findings).toMatchObject([{ key: 'listUsers sent password' }, { key: 'listUsers write-only text' }]);
  });

  it('finds a password that an error message repeats', async () => {
    const told = await answeredBy(({ json }) => ({ detail: `${String(json['password'])} is too weak` }));
    expect(told.findings).toMatchObject([{ key: 'signUp sent password' }]);
  });

  it('finds a writeOnly property that comes back', async () => {
    const told = await answeredBy(({ path, json }) => (path === '/files' ? { file: json } : {}));
    expect(told.findings).toMatchObject([{ key: 'createFile write-only text' }]);
  });

  it('finds what is kept of a password where the database is not seen', async () => {
    const bcrypt = `$2b$10$${'N9qo8uLOickgx2ZMRZoMye'}${'IjZAgcfl7p92ldGxad68LJZdL17lhWy'}`;
    const slow = await answeredBy(({ method }) => (method === 'GET' ? [{ id: 1, name: 'a', password: bcrypt }] : {}));
    expect(slow.findings).toMatchObject([{ key: 'listUsers stored password' }]);
    // Also where nothing could be planted.
    const seen = await check.probe(
      contextOf(
        contract,
        await served((_asked, response) =>
          response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify([{ password: bcrypt }])),
        ),
      ),
    );
    expect(judged(check, { ...seen, secrets: 0 }, contract).status).toBe('failed');
    const hashed = (password: unknown) => createHash('sha256').update(String(password)).digest('hex');
    const fast = await answeredBy(({ path, json }) =>
      path === '/users' ? { id: 1, pw: hashed(json['password']) } : {},
    );
    expect(fast.findings).toMatchObject([
      { key: 'signUp stored its SHA256', title: expect.stringContaining('what is stored of a password (its SHA256)') },
    ]);
  });

  it('tries other requests until one is accepted, and passes nothing that none was accepted with', async () => {
    let posts = 0;
    const choosy = await served(({ method, path, json }, response) => {
      posts += method === 'POST' && path === '/users' ? 1 : 0;
      if (method === 'GET') return response.writeHead(200).end('[]');
      return path === '/users' && posts > 2
        ? response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(json))
        : response.writeHead(404).end('{}');
    });
    const found = judged(check, await check.probe(contextOf(contract, choosy)), contract);
    expect(found.findings).toMatchObject([{ key: 'signUp sent password' }]);
    const refusing = await served((_asked, response) => response.writeHead(422).end('{}'));
    expect(judged(check, await check.probe(contextOf(contract, refusing)), contract)).toMatchObject({
      status: 'undecided',
      reason: 'no request with a secret was accepted: POST /users answered 422',
    });
  });

  it('passes what is shown on purpose: other properties, a masked secret, the content of a file as a file', async () => {
    expect((await answeredBy(({ json }) => ({ name: json['name'], password: '********' }))).status).toBe('passed');
    expect((await answeredBy(({ path, json }) => (path === '/files' ? json['text'] : {}))).status).toBe('passed');
  });

  it('passes what the contract shows on purpose, in answers that it says show it', async () => {
    const meeting = { type: 'object', properties: { id: { type: 'integer' }, passcode: text } };
    const shown = { description: 'ok', content: { 'application/json': { schema: meeting } } };
    const meetings = contractOf({
      '/meetings': {
        post: {
          operationId: 'plan',
          requestBody: taken({ type: 'object', required: ['passcode'], properties: { passcode: text } }),
          responses: { '200': shown, '400': ok },
        },
      },
    });
    const answered = async (status: number) => {
      const backend = await served(({ json }, response) =>
        response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(JSON.stringify({ id: 1, passcode: json['passcode'] })),
      );
      return judged(check, await check.probe(contextOf(meetings, backend)), meetings);
    };
    expect((await answered(200)).status).toBe('passed');
    expect((await answered(400)).findings).toMatchObject([{ key: 'plan sent passcode' }]);
  });

  it('passes numbers in a file that the contract shows, of people too, and names what it finds', async () => {
    const person = { type: 'object', required: ['ssn', 'pin'], properties: { ssn: text, pin: text } };
    const shown = { description: 'ok', content: { 'application/json': { schema: person } } };
    const files = contractOf({
      '/employees': {
        post: { operationId: 'hire', requestBody: taken(person), responses: { '200': shown, '400': ok } },
      },
    });
    const answered = async (status: number) => {
      const backend = await served(({ json }, response) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json)),
      );
      return judged(check, await check.probe(contextOf(files, backend)), files);
    };
    expect((await answered(200)).status).toBe('passed');
    expect((await answered(400)).findings).toMatchObject([
      { key: 'hire sent ssn', title: expect.stringContaining('the ssn that was sent') },
      { key: 'hire sent pin' },
    ]);
  });

  it('looks for no password that may be a word of any answer', async () => {
    const backend = await served((_asked, response) =>
      response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"Invalid e-mail or password"}'),
    );
    const told = async (password: string, exchanges: readonly Exchange[] = []) => {
      const demo = {
        name: 'demo',
        role: null,
        login: 'demo',
        password,
        headers: [],
        query: [],
        token: null,
        exchanges,
      };
      const identities = { ...nobody, another: async () => ({ ...demo, profile: undefined }) };
      const context = contextOf(contract, backend, { identities });
      return check.probe({ ...context, shape: { ...context.shape, signIn: null } });
    };
    const known = await told('password');
    expect(known.suspects).toEqual([]);
    expect((await told('Correct-Horse-9')).secrets).toBe(known.secrets + 1);
    expect((await told('1234567', [exchangeOf('POST /users', 201)])).secrets).toBe(known.secrets + 1);
  });

  it('does not apply where no secret is taken, and is undecided where none could be planted', () => {
    const shape = { resources: [], bindings: {}, signIn: null };
    expect(check.applies(contractOf({ '/a': { get: { responses: {} } } }), shape, null).applies).toBe(false);
    expect(judged(check, { secrets: 0, looked: 3, suspects: [] }).status).toBe('undecided');
  });
});
