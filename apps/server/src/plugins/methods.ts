import type { FastifyInstance } from 'fastify';
import { Problem } from '../problems.ts';
import { problemOf, send } from './errors.ts';

/** Remembers the routes, so that a known address with another method is told apart from an unknown one. */
export function tellMethods(app: FastifyInstance, fallback: FallbackPage | null): void {
  const routes: { readonly pattern: RegExp; readonly methods: readonly string[] }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    const source = url.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(/:[A-Za-z]+/g, '[^/]+');
    routes.push({ pattern: new RegExp(`^${source}/?$`), methods: [method].flat() });
  });
  app.setNotFoundHandler(async (request, reply) => {
    const [path = ''] = request.url.split('?');
    const allowed = [...new Set(routes.flatMap(({ pattern, methods }) => (pattern.test(path) ? methods : [])))].sort();
    if (allowed.length > 0 && !allowed.includes(request.method)) {
      const allow = allowed.join(', ');
      const problem = new Problem('method-not-allowed', `${request.method} is not for this address; ${allow} are.`, {
        headers: { allow },
      });
      return send(reply, request, problem);
    }
    if (fallback !== null && ['GET', 'HEAD'].includes(request.method) && !/^\/(api|assets)(\/|$)/.test(path))
      return fallback(reply);
    return send(reply, request, problemOf(new Problem('not-found', 'There is nothing at this address.'), request));
  });
}

/** Answers with the page of the application, whose own router knows the address. */
export type FallbackPage = (reply: import('fastify').FastifyReply) => Promise<unknown>;
