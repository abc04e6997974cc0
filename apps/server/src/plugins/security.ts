import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problems.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answered without a token. */
    readonly open?: boolean;
  }
}

/** A browser keeps one jar for all ports of a machine: two Assays that run there each have a cookie of their own. */
function cookieNameAt({ socket }: FastifyRequest): string {
  return `assay_token_${socket.localPort ?? 0}`;
}

/** Names by which this machine is known to itself alone. Another name in `Host` is a page of another site that had its name point here. */
const ownNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Every request must be for this machine, not be sent by another site's page, and to the API bring the token. */
export function guard(app: FastifyInstance, token: string): void {
  const wanted = digest(token);
  const wantedOfCookie = digest(cookieKey(token));
  app.addHook('onRequest', async (request, reply) => {
    const authority = ownAuthority(request);
    refuseForeignOrigin(request, authority);
    reply.headers(securityFields);
    if (!isOfApi(request) || request.routeOptions.config.open === true) return;
    const bearer = bearerOf(request);
    const cookie = readingMethods.has(request.method) ? cookieOf(request) : null;
    if (bearer === null && cookie === null)
      throw new Problem('unauthenticated', 'The request brings no token.', {
        headers: { 'www-authenticate': 'Bearer' },
      });
    if (!timingSafeEqual(digest(bearer ?? cookie ?? ''), bearer === null ? wantedOfCookie : wanted))
      throw new Problem('wrong-token', 'The token is not the one of this Assay.', {
        headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
      });
  });
}

/** By the route that was found, too: `/%61pi/runs` is written otherwise and leads to the same one. */
function isOfApi({ url, routeOptions }: FastifyRequest): boolean {
  return [url, routeOptions.url ?? ''].some((path) => path.startsWith('/api/'));
}

const securityFields = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
};

/**
 * A cookie goes to every port of this machine, whoever listens there. So it is another word than the token, and may only read: what changes something
 * or runs code needs the token itself, which a page keeps in its own origin.
 */
const readingMethods = new Set(['GET', 'HEAD']);

function cookieKey(token: string): string {
  return createHmac('sha256', token).update('cookie that reads').digest('base64url');
}

/** Compared by digest: of the same length, whatever was sent. */
export function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function ownAuthority(request: FastifyRequest): string {
  const host = request.headers.host ?? '';
  const [, name, port] = /^(\[[0-9a-fA-F:]+\]|[^:[\]]+)(?::(\d+))?$/.exec(host) ?? [];
  const own = request.socket.localPort;
  const isForeignPort = port !== undefined && own !== undefined && Number(port) !== own;
  if (name === undefined || !ownNames.has(name.toLowerCase()) || isForeignPort)
    throw new Problem('foreign-host', `Host is ${JSON.stringify(host.slice(0, 100))}, which is not this Assay.`);
  return own === undefined ? host.toLowerCase() : `${name.toLowerCase()}:${own}`;
}

function refuseForeignOrigin(request: FastifyRequest, authority: string): void {
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (origin !== undefined && origin.toLowerCase() !== `http://${authority}`)
    throw new Problem('foreign-origin', `Origin is ${JSON.stringify(origin.slice(0, 100))}, which is not this Assay.`);
  // A person may follow a link from elsewhere to a page; scripts and forms of other sites may not.
  if (site !== undefined && !['same-origin', 'none'].includes(String(site)) && isOfApi(request))
    throw new Problem('foreign-origin', 'The request was sent by the page of another site.');
}

function bearerOf(request: FastifyRequest): string | null {
  return /^Bearer ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

function cookieOf(request: FastifyRequest): string | null {
  const own = cookieNameAt(request);
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=');
    if (name === own && value !== undefined) return value;
  }
  return null;
}

/** Kept for a year by this browser alone, for downloads. No script can read it and no other site can send it. */
export function tokenCookie(token: string, request: FastifyRequest): string {
  return `${cookieNameAt(request)}=${cookieKey(token)}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000`;
}
