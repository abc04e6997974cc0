import { Readable } from 'node:stream';
import { Type } from 'typebox';
import { noContent } from '../../answers.ts';
import type { App } from '../../app.ts';
import { Problem } from '../../problems.ts';
import { bodyProblems, exactly, problemResponses } from '../../schemas.ts';
import type { Services } from '../../services.ts';
import { openRuns } from '../runs/queries.ts';
import { deleteEverything, exported } from './queries.ts';

export function dataRoutes(app: App, { db }: Services): void {
  app.get(
    '/export',
    {
      schema: {
        operationId: 'exportData',
        tags: ['settings'],
        summary: 'Everything that is stored, one JSON document a line',
        response: {
          200: {
            description: 'The lines',
            content: { 'application/x-ndjson': { schema: Type.Unsafe<Readable>({ type: 'string' }) } },
          },
          ...problemResponses(),
        },
      },
    },
    async (_request, reply) =>
      reply
        .type('application/x-ndjson')
        .header('content-disposition', 'attachment; filename="assay-export.ndjson"')
        .send(Readable.from(exported(db))),
  );

  app.delete(
    '/data',
    {
      schema: {
        operationId: 'deleteData',
        tags: ['settings'],
        summary: 'Forget everything: runs, backends, settings. The folders of backends stay',
        body: exactly({ confirm: Type.Literal('delete') }),
        response: { 204: noContent, ...problemResponses(...bodyProblems, 409) },
      },
    },
    async (_request, reply) => {
      if ((await openRuns(db)).length > 0)
        throw new Problem('conflict', 'A run still goes on.', { fix: 'Stop it first, or wait for its end.' });
      await deleteEverything(db);
      return reply.code(204).send(null);
    },
  );
}
