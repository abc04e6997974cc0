import { timingSafeEqual } from 'node:crypto';
import { Type } from 'typebox';
import type { App } from '../../app.ts';
import { digest, tokenCookie } from '../../plugins/security.ts';
import { Problem } from '../../problems.ts';
import { bodyProblems, exactly, problemResponses } from '../../schemas.ts';
import type { Services } from '../../services.ts';

/** How many wrong tokens are heard in a minute. */
const mostWrong = 20;

/** A browser gives the token once, and is known by its cookie from then on. */
export function sessionRoutes(app: App, { token }: Services): void {
  const wanted = digest(token);
  let wrong: number[] = [];
  app.post(
    '/sessions',
    {
      config: { open: true },
      schema: {
        operationId: 'openSession',
        tags: ['sessions'],
        summary: 'Give the token, and be known by a cookie from then on',
        security: [],
        body: exactly({ token: Type.String({ minLength: 1, maxLength: 200 }) }),
        response: {
          200: {
            description: 'The token is right; it is in the cookie now',
            content: { 'application/json': { schema: exactly({ token: Type.String() }) } },
          },
          ...problemResponses(...bodyProblems, 429),
        },
      },
    },
    async (request, reply) => {
      const now = Date.now();
      wrong = wrong.filter((at) => at > now - 60_000);
      if (wrong.length >= mostWrong)
        throw new Problem('too-many-requests', 'There were too many wrong tokens within a minute.', {
          headers: { 'retry-after': '60' },
        });
      if (!timingSafeEqual(digest(request.body.token), wanted)) {
        wrong.push(now);
        throw new Problem('wrong-token', 'The token is not the one of this Assay.');
      }
      return reply.header('set-cookie', tokenCookie(token, request)).send({ token });
    },
  );
}
