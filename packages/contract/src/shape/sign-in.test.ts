import { describe, expect, test } from 'vitest';
import { readContract } from '../openapi/read-contract.ts';
import type { SignIn } from '../vocabulary/identity.ts';
import { findSignIn } from './sign-in.ts';

const bearer = { bearer: { type: 'http', scheme: 'bearer' } };
const text = { type: 'string' };

/** `Nothing` is a body that is not described; null, no body at all. */
type Body = Readonly<Record<string, unknown>> | null;

function object(properties: Body, required: readonly string[] = []) {
  return properties === null ? undefined : { type: 'object', properties, required };
}

function post(body: Body, status: string, answer: unknown, mediaType = 'application/json') {
  return {
    post: {
      requestBody: { required: true, content: { [mediaType]: { schema: object(body) } } },
      responses: {
        [status]: {
          description: '',
          ...(answer === undefined ? {} : { content: { 'application/json': { schema: answer } } }),
        },
      },
    },
  };
}

function found(paths: Readonly<Record<string, unknown>>, securitySchemes: object = bearer): SignIn | null {
  const [scheme = ''] = Object.keys(securitySchemes);
  const secured = { get: { security: [{ [scheme]: [] }], responses: { '200': { description: '' } } } };
  const document = {
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    components: { securitySchemes },
    paths: { '/things': secured, ...paths },
  };
  return findSignIn(readContract({ path: 'openapi.json', text: JSON.stringify(document) }));
}

const credentials = { email: text, password: text };
const token = object({ token: text });

describe('findSignIn', () => {
  test('finds the usual pair', () => {
    expect(
      found({
        '/auth/register': post({ ...credentials, name: text }, '201', object({ id: text })),
        '/auth/login': post(credentials, '200', object({ accessToken: text, refreshToken: text })),
      }),
    ).toEqual({
      signUp: { operation: 'POST /auth/register', login: '/email', password: '/password' },
      login: { operation: 'POST /auth/login', login: '/email', password: '/password' },
      token: { kind: 'pointer', pointer: '/accessToken' },
      schemes: ['bearer'],
    });
  });

  test('finds a login that is described by what it takes, and not opened, beside a sign-up that is', () => {
    const key = (name: string, at: string) => ({ type: 'apiKey', in: at, name });
    const schemes = { tokenAuth: key('Authorization', 'header'), cookieAuth: key('sessionid', 'cookie') };
    const secured = (operation: { post: object }, security: readonly object[]) => ({
      post: { ...operation.post, security },
    });
    const signUp = post({ ...credentials, name: text }, '201', object({ email: text, name: text }));
    const login = post(credentials, '200', object(credentials));
    const paths = {
      '/user/create': secured(signUp, [{ cookieAuth: [] }, {}]),
      '/user/token': secured(login, [{ cookieAuth: [] }]),
    };
    expect(found(paths, schemes)).toEqual({
      signUp: { operation: 'POST /user/create', login: '/email', password: '/password' },
      login: { operation: 'POST /user/token', login: '/email', password: '/password' },
      token: { kind: 'undescribed' },
      schemes: ['tokenAuth'],
    });
  });

  test('finds the pair in a document that leaves out who may ask, and looks for the token in the answer', () => {
    const paths = {
      '/things': { get: { responses: { '200': { description: '' } } } },
      '/register': post(credentials, '201', object({ id: text })),
      '/login': post(credentials, '200', object({ id: text, email: text })),
    };
    const read = (chosen: object) =>
      findSignIn(
        readContract({
          path: 'openapi.json',
          text: JSON.stringify({ openapi: '3.1.0', info: { title: 't', version: '1' }, paths: chosen }),
        }),
      );
    expect(read(paths)).toEqual({
      signUp: { operation: 'POST /register', login: '/email', password: '/password' },
      login: { operation: 'POST /login', login: '/email', password: '/password' },
      token: { kind: 'undescribed' },
      schemes: [],
    });
    const { '/login': _login, ...alone } = paths;
    expect(read(alone)).toBeNull();
  });

  test('takes what is called a login for one, whatever its answer is said to hold', () => {
    expect(
      found({
        '/auth/register/': post(credentials, '201', undefined),
        '/auth/login/': post(credentials, '201', undefined),
      }),
    ).toMatchObject({ login: { operation: 'POST /auth/login/' }, token: { kind: 'undescribed' }, schemes: ['bearer'] });
  });

  test('finds bodies and tokens one level down', () => {
    const user = { user: object(credentials) };
    expect(
      found({
        '/users': post({ user: object({ ...credentials, username: text }) }, '201', object({ user: token })),
        '/users/login': post(user, '200', object({ user: object({ email: text, token: text }) })),
      }),
    ).toMatchObject({
      signUp: { operation: 'POST /users', login: '/user/email', password: '/user/password' },
      login: { operation: 'POST /users/login', login: '/user/email' },
      token: { kind: 'pointer', pointer: '/user/token' },
    });
  });

  test('finds the form of OAuth 2, and an answer that is not described', () => {
    const form = { grant_type: text, username: text, password: text, scope: text };
    const oauth = { oauth: { type: 'oauth2', flows: { password: { tokenUrl: '/token', scopes: {} } } } };
    const paths = {
      '/signup': post({ username: text, email: text, password: text }, '200', {}),
      '/token': post(form, '200', {}, 'application/x-www-form-urlencoded'),
    };
    expect(found(paths, oauth)).toEqual({
      signUp: { operation: 'POST /signup', login: '/username', password: '/password' },
      login: { operation: 'POST /token', login: '/username', password: '/password' },
      token: { kind: 'undescribed' },
      schemes: ['oauth'],
    });
  });

  test('finds a session in a cookie', () => {
    const cookie = { session: { type: 'apiKey', in: 'cookie', name: 'sid' } };
    expect(found({ '/login': post({ username: text, password: text }, '204', undefined) }, cookie)).toMatchObject({
      signUp: null,
      login: { operation: 'POST /login', login: '/username' },
      token: { kind: 'cookie' },
      schemes: ['session'],
    });
  });

  test('finds a sign-up that signs in at once, and one whose credentials are sent themselves', () => {
    expect(found({ '/sign-up': post(credentials, '201', token) })).toMatchObject({
      signUp: { operation: 'POST /sign-up' },
      login: null,
      token: { kind: 'pointer', pointer: '/token' },
    });
    expect(
      found({ '/accounts': post(credentials, '201', object({ id: text })) }, { b: { type: 'http', scheme: 'basic' } }),
    ).toMatchObject({ signUp: { operation: 'POST /accounts' }, login: null, token: { kind: 'credentials' } });
  });

  test('takes what is called so where one rule holds for all operations, and no exception was made', () => {
    const closed = (path: { readonly post: object }) => ({ post: { ...path.post, security: [{ bearer: [] }] } });
    const [register, login] = [
      closed(post(credentials, '201', object({ id: text }))),
      closed(post(credentials, '200', token)),
    ];
    expect(found({ '/auth/register': register, '/auth/login': login })).toMatchObject({
      signUp: { operation: 'POST /auth/register' },
      login: { operation: 'POST /auth/login' },
      token: { kind: 'pointer', pointer: '/token' },
    });
    // An administrator makes accounts, where the login is open and this is not.
    expect(found({ '/auth/register': register, '/auth/login': post(credentials, '200', token) })).toMatchObject({
      signUp: null,
      login: { operation: 'POST /auth/login' },
    });
    expect(found({ '/users': register })).toBeNull();
  });

  test.each([
    ['a contract that has none', {}],
    ['the change of a password', { '/me': post({ oldPassword: text, ...credentials }, '200', token) }],
    ['the reset of a password', { '/password/reset': post(credentials, '200', token) }],
    ['a login whose described answer has no token', { '/login': post(credentials, '200', object({ ok: text })) }],
    ['a share with a password', { '/shares': post({ title: text, password: text }, '201', object({ id: text })) }],
  ])('leaves out %s', (_, paths) => {
    expect(found(paths)).toBeNull();
  });

  test('does not look where nothing asks for authentication', () => {
    const document = {
      openapi: '3.1.0',
      info: { title: 't', version: '1' },
      components: { securitySchemes: bearer },
      paths: { '/login': post(credentials, '200', token) },
    };
    expect(findSignIn(readContract({ path: 'openapi.json', text: JSON.stringify(document) }))).toBeNull();
  });
});
