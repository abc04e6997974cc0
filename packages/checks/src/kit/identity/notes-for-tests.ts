import { createHmac, randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import {
  type Contract,
  type Identities,
  inferShape,
  type Instance,
  type Json,
  type JsonObject,
  type ProbeContext,
  readContract,
} from '@assay/contract';
import { answering } from '../testing/recordings-for-tests.ts';
import { contextOf } from '../testing/scripted-for-tests.ts';
import { type Asked, served } from '../testing/served-for-tests.ts';
import { authenticated } from './authenticated.ts';
import { openIdentities } from './identities.ts';
import { readToken, writeToken } from './json-web-token.ts';

const credentials = {
  required: true,
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: ['email', 'password'],
        properties: { email: { type: 'string', format: 'email' }, password: { type: 'string', minLength: 8 } },
      },
    },
  },
};
const note = {
  type: 'object',
  required: ['id', 'text'],
  properties: { id: { type: 'string', format: 'uuid', readOnly: true }, text: { type: 'string', minLength: 1 } },
};
const body = (schema: object) => ({ 'application/json': { schema } });
const said = (description: string, schema?: object) => ({
  description,
  ...(schema === undefined ? {} : { content: body(schema) }),
});
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } };

/** A contract of private notes, with a login, and a list of people for admins. */
export const notes: Contract = readContract({
  path: 'openapi.json',
  text: JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Notes', version: '1' },
    security: [{ bearer: [] }],
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    paths: {
      '/register': {
        post: {
          operationId: 'register',
          security: [],
          requestBody: credentials,
          responses: { '201': said('made', { type: 'object', properties: { id: { type: 'string' } } }) },
        },
      },
      '/login': {
        post: {
          operationId: 'login',
          security: [],
          requestBody: credentials,
          responses: {
            '200': said('in', { type: 'object', properties: { token: { type: 'string' } } }),
            '401': said('no'),
            '429': said('wait'),
          },
        },
      },
      '/people': {
        get: {
          operationId: 'listPeople',
          security: [{ bearer: ['admin'] }],
          responses: { '200': said('all'), '403': said('no') },
        },
      },
      '/notes': {
        get: { operationId: 'listNotes', responses: { '200': said('notes', { type: 'array', items: note }) } },
        post: {
          operationId: 'createNote',
          requestBody: { required: true, content: body(note) },
          responses: { '201': said('made', note) },
        },
      },
      '/notes/{id}': {
        parameters: [id],
        get: { operationId: 'getNote', responses: { '200': said('note', note), '404': said('none') } },
        put: {
          operationId: 'putNote',
          requestBody: { required: true, content: body(note) },
          responses: { '200': said('note', note), '404': said('none') },
        },
        delete: { operationId: 'deleteNote', responses: { '204': said('gone'), '404': said('none') } },
      },
    },
  }),
});

/** What the backend does wrong; nothing when left out. */
export interface Flaws {
  /** Operations that do not ask who asks. */
  readonly open?: readonly string[];
  /** Operations that look at the id alone. */
  readonly ownerless?: readonly string[];
  /** Does the write, and refuses afterwards. */
  readonly refusesLate?: boolean;
  readonly secret?: string;
  readonly verify?: 'all' | 'nothing' | 'not-none';
  /** Tokens say when they expire, and the backend looks at it or not. */
  readonly expiry?: 'checked' | 'ignored';
  readonly admins?: 'role' | 'anybody' | 'nobody';
  /** Tokens are somebody's id and nothing else. */
  readonly tokens?: 'id in hex';
  readonly allowedFailures?: number;
  /** What a login for an unknown address is answered with. */
  readonly unknown?: (response: ServerResponse) => unknown;
  /** How long a password that is wrong takes. Milliseconds. */
  readonly hashing?: number;
}

interface Note {
  readonly id: string;
  readonly text: string;
  readonly owner: string;
}

/** A real HTTP backend of that contract, in memory. `forget` ends every session, as a restart with a new secret does. */
export async function notesBackend(
  flaws: Flaws = {},
): Promise<{ readonly instance: Instance; forget(): void; readonly logins: () => number }> {
  const people = new Map<string, { readonly id: string; readonly password: string }>([
    ['root@example.com', { id: randomUUID(), password: 'admin-password' }],
  ]);
  const kept = new Map<string, Note>();
  const failures = new Map<string, number>();
  let secret = flaws.secret ?? randomUUID();
  let logins = 0;
  const instance = await served(async ({ method, path, json, request }: Asked, response) => {
    const answer = (status: number, value?: unknown): unknown =>
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(value === undefined ? undefined : JSON.stringify(value));
    const email = String(json['email']);
    if (path === '/register') {
      if (people.has(email)) return answer(409);
      people.set(email, { id: randomUUID(), password: String(json['password']) });
      return answer(201, { id: people.get(email)?.id });
    }
    if (path === '/login') {
      logins += 1;
      const person = people.get(email);
      if ((failures.get(email) ?? 0) >= (flaws.allowedFailures ?? 10)) return answer(429);
      if (person?.password !== json['password']) {
        failures.set(email, (failures.get(email) ?? 0) + 1);
        if (person === undefined && flaws.unknown !== undefined) return flaws.unknown(response);
        if (person !== undefined && flaws.hashing !== undefined)
          await new Promise((done) => setTimeout(done, flaws.hashing));
        return answer(401, { error: 'wrong credentials' });
      }
      failures.delete(email);
      const expires: JsonObject = flaws.expiry === undefined ? {} : { exp: Math.floor(Date.now() / 1000) + 3600 };
      if (flaws.tokens !== undefined)
        return answer(200, { id: person?.id, token: Buffer.from(`user:${person?.id}`).toString('hex') });
      return answer(200, { token: writeToken({ alg: 'HS256' }, { sub: person?.id ?? '', ...expires }, secret) });
    }
    const operation = operationAt(method, path);
    const caller = callerOf(request.headers.authorization, secret, flaws);
    const known = [...people.values()].some((person) => person.id === caller);
    const mayPass = known || (flaws.open ?? []).includes(operation);
    if (!mayPass && flaws.refusesLate !== true) return answer(401);
    if (operation === 'listPeople') {
      const isAdmin = people.get('root@example.com')?.id === caller;
      const may = { role: isAdmin, anybody: true, nobody: false }[flaws.admins ?? 'role'];
      return may ? answer(200, [...people.keys()]) : answer(403);
    }
    const text = String(json['text']);
    if (operation === 'createNote') {
      const made = { id: randomUUID(), text, owner: caller ?? '' };
      kept.set(made.id, made);
      return answer(201, { id: made.id, text });
    }
    if (operation === 'listNotes')
      return answer(
        200,
        [...kept.values()].filter(({ owner }) => owner === caller).map((one) => ({ id: one.id, text: one.text })),
      );
    const found = kept.get(path.split('/').at(-1) ?? '');
    const isTheirs =
      found !== undefined &&
      (found.owner === caller || (flaws.ownerless ?? []).includes(operation) || !mayPass || !known);
    if (found === undefined || !isTheirs) return answer(mayPass ? 404 : 401);
    if (operation === 'deleteNote') kept.delete(found.id);
    if (operation === 'putNote') kept.set(found.id, { ...found, text });
    if (!mayPass) return answer(401);
    return operation === 'deleteNote'
      ? answer(204)
      : answer(200, { id: found.id, text: operation === 'putNote' ? text : found.text });
  });
  return {
    instance,
    forget: () => {
      secret = randomUUID();
    },
    logins: () => logins,
  };
}

/** The same backend, in the manner of those that answer 200 to everything and say a refusal in the body. */
export function polite(instance: Instance, own: Json | null = null): Instance {
  return {
    ...instance,
    send: async (request, options) => {
      const exchange = await instance.send(request, options);
      const code = exchange.response?.status ?? 0;
      const refusal = { code: own ?? code, msg: 'not for you', data: null };
      return code === 401 || code === 403 ? answering(exchange, 200, { body: refusal }) : exchange;
    },
  };
}

function operationAt(method: string, path: string): string {
  if (path === '/people') return 'listPeople';
  if (path === '/notes') return method === 'POST' ? 'createNote' : 'listNotes';
  return { GET: 'getNote', PUT: 'putNote', DELETE: 'deleteNote' }[method] ?? '';
}

function callerOf(
  header: string | undefined,
  secret: string,
  { verify = 'all', expiry, tokens }: Flaws,
): string | null {
  if (tokens !== undefined)
    return Buffer.from(header?.replace(/^Bearer /, '') ?? '', 'hex')
      .toString()
      .slice('user:'.length);
  const token = readToken(header?.replace(/^Bearer /, '') ?? '');
  if (token === null) return null;
  if (expiry === 'checked' && Number(token.claims['exp']) * 1000 < Date.now()) return null;
  const [head, claims, signature] = token.parts;
  const signed = createHmac('sha256', secret).update(`${head}.${claims}`).digest('base64url') === signature;
  const unsigned = verify === 'not-none' && token.header['alg'] === 'none';
  return signed || unsigned || verify === 'nothing' ? String(token.claims['sub']) : null;
}

const admin = { login: 'root@example.com', password: 'admin-password', role: 'admin' };

/** The identities of an instance as a run has them. */
export function identitiesFor(contract: Contract = notes): ReturnType<typeof openIdentities> {
  const words = { count: 0 };
  return openIdentities({
    contract,
    shape: inferShape(contract),
    settings: { register: null, login: null, users: [admin] },
    random: () => ({ ...contextOf(contract, never).random, unique: (prefix) => `${prefix}w${(words.count += 1)}x` }),
    signal: new AbortController().signal,
  });
}

const never = new Proxy({} as Instance, {
  get: () => {
    throw new Error('nothing is asked of it');
  },
});

/** A probe's context in which requests are sent in the name of the usual identity, as a run sends them. */
export function contextWithPeople(instance: Instance, change: Partial<ProbeContext> = {}): ProbeContext {
  const identities = identitiesFor();
  const sending: Instance = {
    ...instance,
    send: async (request, options) => {
      const sender =
        request.as === undefined ? await identities.senderOf(sending, request.operation ?? '') : request.as;
      return instance.send(sender === null ? request : authenticated(request, sender), options);
    },
  };
  return contextOf(notes, sending, { identities: identities satisfies Identities, ...change });
}
