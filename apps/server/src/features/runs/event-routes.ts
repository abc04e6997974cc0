import { Type } from 'typebox';
import { noContent } from '../../answers.ts';
import type { App } from '../../app.ts';
import { notFound } from '../../problems.ts';
import { idParams, problemResponses } from '../../schemas.ts';
import type { Services } from '../../services.ts';
import { readEvents } from './event-queries.ts';
import { findRun } from './queries.ts';
import { isAtRest, watchRun } from './watch-run.ts';

export function runEventRoutes(app: App, { db, feed }: Services): void {
  app.get(
    '/runs/:id/events',
    {
      schema: {
        // Not in the document: OpenAPI 3.1 has no words for a stream, and whoever waits for the end of one waits as long as the run takes.
        hide: true,
        operationId: 'watchRun',
        tags: ['runs'],
        summary: 'The events of a run, as they happen',
        description:
          'Server-sent events. `id` is the sequence, `event` the type, `data` the run event as JSON; exchanges and statements are counted in `tally` events unless `all=1`. A connection that was lost goes on with Last-Event-ID. `next` tells of another run of a watched folder. The stream ends with `end`, and is not there for a run that has ended and was read to its end: 204.',
        params: idParams,
        querystring: Type.Object({
          after: Type.Optional(
            Type.Integer({ minimum: 0, maximum: 2_147_483_647, description: 'Only events after this sequence' }),
          ),
          all: Type.Optional(Type.Enum(['1', '0'])),
        }),
        headers: Type.Object({ 'last-event-id': Type.Optional(Type.String({ maxLength: 20 })) }),
        response: {
          200: { description: 'The stream', content: { 'text/event-stream': { schema: { type: 'string' } } } },
          204: noContent,
          ...problemResponses(404),
        },
      },
    },
    async (request, reply) => {
      const run = await findRun(db, request.params.id);
      if (run === null) throw notFound('run');
      const resumed = /^\d{1,9}$/.exec(request.headers['last-event-id'] ?? '')?.[0];
      const after = resumed === undefined ? (request.query.after ?? 0) : Number(resumed);
      const whole = request.query.all === '1';
      // EventSource comes back after every end; only this sends it away for good.
      if (isAtRest(run) && (await readEvents(db, run.id, { after, limit: 1, whole: false })).length === 0)
        return reply.code(204).send(null);
      reply.hijack();
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) reply.raw.setHeader(name, value);
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      await watchRun({ db, feed, run: run.id, after, whole }, reply.raw);
    },
  );
}
