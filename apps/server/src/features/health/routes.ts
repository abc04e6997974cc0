import { sql } from 'kysely';
import { Type } from 'typebox';
import type { App } from '../../app.ts';
import { Problem } from '../../problems.ts';
import { exactly, problemResponses } from '../../schemas.ts';
import type { Services } from '../../services.ts';

/** For whoever watches over the process; without a token, and outside of /api. */
export function healthRoutes(app: App, { db, metrics, feed }: Services): void {
  app.get(
    '/healthz',
    {
      schema: {
        operationId: 'readHealth',
        summary: 'Whether the server and its database work',
        security: [],
        response: {
          200: {
            description: 'They do',
            content: { 'application/json': { schema: exactly({ status: Type.Literal('ok') }) } },
          },
          ...problemResponses(),
        },
      },
    },
    async () => {
      await sql`SELECT 1`.execute(db).catch((error: unknown) => {
        throw Object.assign(new Problem('unavailable', 'The database does not answer.'), { cause: error });
      });
      return { status: 'ok' as const };
    },
  );
  app.get('/metrics', { schema: { hide: true } }, (_request, reply) => {
    const { heapUsed, rss } = process.memoryUsage();
    void reply.type('text/plain; version=0.0.4').send(
      metrics.text({
        assay_runs_running: feed.running,
        assay_run_watchers: feed.watchers,
        process_resident_memory_bytes: rss,
        nodejs_heap_used_bytes: heapUsed,
        process_uptime_seconds: process.uptime(),
      }),
    );
  });
}
