import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Json } from '@assay/contract';
import type { Service } from '../question/service.ts';
import { Collections } from './collections.ts';
import { fileReply } from './files.ts';
import { type Incoming, problem, type Reply } from './reply.ts';

const unreadable = JSON.stringify({ status: 400, detail: 'The request cannot be understood.' });

export interface LiveService {
  readonly port: number;
  /** What it holds at an address, as a GET would show it; undefined when nothing is there. */
  stateAt(address: string): Json | undefined;
  close(): Promise<void>;
}

/** Starts the service that a question describes, on a free port of the loopback. */
export async function startService(service: Service): Promise<LiveService> {
  const collections = new Collections(service.collections);
  const server = createServer((request, response) => {
    // What a request may hold is without end, and a promise that nobody catches would end Assay.
    answer(service, collections, request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else response.writeHead(400, { 'content-type': 'application/problem+json' }).end(unreadable);
    });
  });
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    stateAt: (at) => collections.stateAt(at),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function answer(
  service: Service,
  collections: Collections,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) if (Buffer.isBuffer(part)) parts.push(part);
  // Not as a reference to resolve: // would begin a host.
  const target = request.url ?? '/';
  const url = new URL(target.startsWith('/') ? `http://localhost${target}` : target, 'http://localhost');
  const incoming: Incoming = {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    header: (name) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    body: Buffer.concat(parts).toString('utf8'),
  };
  const reply = replyTo(service, collections, incoming);
  const body = reply.json === undefined ? (reply.text ?? '') : JSON.stringify(reply.json);
  const type = reply.json === undefined ? {} : { 'content-type': 'application/json' };
  const headers = { ...type, ...crossOrigin(service, incoming), ...reply.headers };
  const bytes = Buffer.from(body);
  response.writeHead(
    reply.status,
    reply.status === 204 || reply.status === 304 ? headers : { ...headers, 'content-length': bytes.length },
  );
  response.end(incoming.method === 'HEAD' || reply.status === 204 || reply.status === 304 ? undefined : bytes);
}

function replyTo(service: Service, collections: Collections, incoming: Incoming): Reply {
  if (
    incoming.method === 'OPTIONS' &&
    service.cors !== null &&
    incoming.header('access-control-request-method') !== undefined
  )
    return preflight(service.cors, incoming);
  const refused = authenticate(service.auth, incoming);
  if (refused !== null) return refused;
  const redirect = service.redirects[incoming.path];
  if (redirect !== undefined) return { status: redirect.status, headers: { location: redirect.to } };
  const file = service.files[incoming.path];
  if (file !== undefined) return fileReply(file, incoming);
  if (service.strict) {
    const accept = incoming.header('accept');
    if (accept !== undefined && !/application\/(json|\*|[\w.-]+\+json)|\*\/\*/.test(accept))
      return problem(406, 'Only JSON can be had.');
    const type = incoming.header('content-type');
    if (incoming.body !== '' && !/^application\/([\w.-]+\+)?json\b/.test(type ?? ''))
      return problem(415, 'Bodies must be JSON, and say so.', {
        'accept-patch': 'application/merge-patch+json, application/json-patch+json',
      });
  }
  return collections.reply(incoming);
}

function authenticate(auth: Service['auth'], incoming: Incoming): Reply | null {
  if (auth === null) return null;
  const given = incoming.header('authorization') ?? '';
  const [scheme = '', rest = ''] = given.split(/\s+/, 2);
  if (auth.bearer !== null && scheme.toLowerCase() === 'bearer' && rest === auth.bearer) return null;
  if (
    auth.basic !== null &&
    scheme.toLowerCase() === 'basic' &&
    Buffer.from(rest, 'base64').toString('utf8') === auth.basic
  )
    return null;
  if (auth.apiKey !== null && incoming.header('x-api-key') === auth.apiKey) return null;
  const challenge = auth.bearer !== null ? 'Bearer' : auth.basic !== null ? 'Basic realm="practice"' : 'ApiKey';
  return problem(401, 'Say who you are.', { 'www-authenticate': challenge });
}

type Cors = NonNullable<Service['cors']>;

function preflight(cors: Cors, incoming: Incoming): Reply {
  const origin = incoming.header('origin') ?? '';
  const method = incoming.header('access-control-request-method') ?? '';
  const asked = (incoming.header('access-control-request-headers') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const allowed = cors.headers.map((name) => name.toLowerCase());
  if (!cors.origins.includes(origin) || !cors.methods.includes(method) || asked.some((name) => !allowed.includes(name)))
    return { status: 204 };
  return {
    status: 204,
    headers: {
      'access-control-allow-methods': cors.methods.join(', '),
      ...(allowed.length > 0 ? { 'access-control-allow-headers': allowed.join(', ') } : {}),
    },
  };
}

function crossOrigin({ cors }: Service, incoming: Incoming): Readonly<Record<string, string>> {
  const origin = incoming.header('origin');
  return cors !== null && origin !== undefined && cors.origins.includes(origin)
    ? { 'access-control-allow-origin': origin, vary: 'Origin' }
    : {};
}
