import { expect, it } from 'vitest';
import { readContract } from './read-contract.ts';

const token = { in: 'header', name: 'x-access-token', required: true, schema: { type: 'string' } };
const text = { type: 'string' };
const answer = (status: string, properties: object) => ({
  [status]: { description: '', content: { 'application/json': { schema: { type: 'object', properties } } } },
});
const credentials = {
  content: { 'application/json': { schema: { type: 'object', properties: { email: text, password: text } } } },
};
const login = { '/login': { post: { requestBody: credentials, responses: answer('200', { token: text }) } } };
const things = {
  '/things': {
    get: { parameters: [token, { in: 'query', name: 'q', schema: text }], responses: answer('200', {}) },
    post: { parameters: [{ ...token, required: false }], responses: answer('201', {}) },
  },
};

function read(paths: object) {
  const document = { openapi: '3.0.3', info: { title: 't', version: '1' }, paths };
  return readContract({ path: 'openapi.json', text: JSON.stringify(document) });
}

it('reads the header field of a token as a security scheme where a login gives one', () => {
  const { operations, securitySchemes } = read({ ...login, ...things });
  expect(securitySchemes).toEqual([
    { name: 'x-access-token', type: 'apiKey', scheme: null, in: 'header', parameter: 'x-access-token' },
  ]);
  expect(operations.map(({ id, security, parameters }) => [id, security, parameters.map(({ name }) => name)])).toEqual([
    ['POST /login', [], []],
    ['GET /things', [['x-access-token']], ['q']],
    ['POST /things', [[], ['x-access-token']], []],
  ]);
});

const authorization = { ...token, name: 'Authorization' };
const notes = {
  '/notes': {
    get: { parameters: [authorization], responses: answer('200', {}) },
    post: { parameters: [{ ...authorization, description: 'Basic authentication' }], responses: answer('201', {}) },
  },
};

it('reads Authorization as a bearer token where a login gives one, and ignores it elsewhere', () => {
  const asking = { '/login': { post: { ...login['/login'].post, parameters: [authorization] } } };
  const { operations, securitySchemes } = read({ ...asking, ...notes });
  expect(securitySchemes).toEqual([
    { name: 'Authorization', type: 'http', scheme: 'bearer', in: null, parameter: null },
  ]);
  const told = (those: typeof operations) =>
    those.map(({ id, security, parameters }) => [id, security, parameters.length]);
  expect(told(operations)).toEqual([
    ['POST /login', [], 0],
    ['GET /notes', [['Authorization']], 0],
    ['POST /notes', [], 0],
  ]);
  expect(told(read(notes).operations)).toEqual([
    ['GET /notes', [], 0],
    ['POST /notes', [], 0],
  ]);
});

it('leaves it a parameter where nothing gives one', () => {
  const { operations, securitySchemes } = read(things);
  expect(securitySchemes).toEqual([]);
  expect(operations[0]?.parameters.map(({ name }) => name)).toContain('x-access-token');
});
