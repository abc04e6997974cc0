import { Type } from 'typebox';
import { json } from '../../answers.ts';
import type { App } from '../../app.ts';
import { newId } from '../../identifier.ts';
import { notFound } from '../../problems.ts';
import { exactly, idParams, idSchema, problemResponses } from '../../schemas.ts';
import type { Services } from '../../services.ts';
import { reportOf } from '../runs/record-routes.ts';
import { findReplay, insertReplay, replayRef } from './queries.ts';

export function replayRoutes(app: App, { db }: Services): void {
  app.post(
    '/runs/:id/findings/:finding/replay',
    {
      schema: {
        operationId: 'replayFinding',
        tags: ['runs'],
        summary: 'See a finding again, on a freshly started backend',
        params: Type.Object({ id: idSchema, finding: Type.String({ pattern: '^f-\\d{1,6}$' }) }),
        response: { 202: json('It is queued', exactly({ replay: idSchema })), ...problemResponses(404, 409) },
      },
    },
    async ({ params }, reply) => {
      const report = await reportOf(db, params.id);
      const known = report.checks.some(({ findings }) => findings.some(({ id }) => id === params.finding));
      if (!known) throw notFound('finding in this run');
      const replay = await insertReplay(db, newId(), params.id, params.finding);
      return reply.code(202).send({ replay: replay.id });
    },
  );

  app.get(
    '/replays/:id',
    {
      schema: {
        operationId: 'readReplay',
        tags: ['runs'],
        summary: 'What came of a replay',
        params: idParams,
        response: { 200: json('The replay', replayRef), ...problemResponses(404) },
      },
    },
    async ({ params }) => {
      const replay = await findReplay(db, params.id);
      if (replay === null) throw notFound('replay');
      return replay;
    },
  );
}
