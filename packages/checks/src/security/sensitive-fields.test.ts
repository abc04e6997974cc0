import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { judged, recorded } from '../kit/recordings-for-tests.ts';
import { contextOf, contractOf } from '../kit/scripted-for-tests.ts';
import { type Asked, served } from '../kit/served-for-tests.ts';
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

  it('passes what is shown on purpose: other properties, a masked secret, the content of a file as a file', async () => {
    expect((await answeredBy(({ json }) => ({ name: json['name'], password: '********' }))).status).toBe('passed');
    expect((await answeredBy(({ path, json }) => (path === '/files' ? json['text'] : {}))).status).toBe('passed');
  });

  it('does not apply where no secret is taken, and is undecided where none could be planted', () => {
    const shape = { resources: [], bindings: {}, signIn: null };
    expect(check.applies(contractOf({ '/a': { get: { responses: {} } } }), shape, null).applies).toBe(false);
    expect(judged(check, { secrets: 0, looked: 3, suspects: [] }).status).toBe('undecided');
  });
});
