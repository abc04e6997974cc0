import { timingSafeEqual } from 'node:crypto';
import { Type } from 'typebox';
import type { App } from '../../app.ts';
import { digest, tokenCookie } from '../../plugins/security.ts';
import { Problem } from '../../problems.ts';
import type { Services } from '../../services.ts';

/** The address that `assay start` prints: it gives a cookie that may read, and hands the token to the page behind `#`, which is sent to nobody. */
export function enterRoute(app: App, { token }: Services): void {
  const wanted = digest(token);
  app.get(
    '/enter',
    { schema: { hide: true, querystring: Type.Object({ token: Type.String({ maxLength: 200 }) }) } },
    async (request, reply) => {
      if (!timingSafeEqual(digest(request.query.token), wanted))
        throw new Problem('wrong-token', 'The token is not the one of this Assay.');
      return reply
        .header('set-cookie', tokenCookie(token, request))
        .header('cache-control', 'no-store')
        .redirect(`/#token=${token}`, 303);
    },
  );
}
