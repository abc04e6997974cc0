import { Fault } from '@assay/contract';
import { Type } from 'typebox';
import { json, created, noContent } from '../../answers.ts';
import type { App } from '../../app.ts';
import { newId } from '../../identifier.ts';
import { notFound, Problem } from '../../problems.ts';
import { bodyProblems, exactly, idParams, idSchema, page, pageQuery, problemResponses } from '../../schemas.ts';
import type { Services } from '../../services.ts';
import { failedChecks, subjectOf } from './begin.ts';
import { deleteRun, findRun, insertRun, listRuns, type RunDraft, stopQueued, stopWatching } from './queries.ts';
import { newRunSchema, type Run, runRef, verdictSchema } from './schemas.ts';

export function runRoutes(app: App, services: Services): void {
  const { db, feed } = services;

  /** A folder that cannot be judged is no reason to refuse: the run tells why, and stays in the list. */
  const begin = (draft: Omit<RunDraft, 'id'>): Promise<Run> => insertRun(db, { ...draft, id: newId() });

  app.get(
    '/runs',
    {
      schema: {
        operationId: 'listRuns',
        tags: ['runs'],
        summary: 'Runs, the newest first',
        querystring: Type.Object({
          ...pageQuery,
          backend: Type.Optional(idSchema),
          challenge: Type.Optional(Type.String({ maxLength: 100 })),
          verdict: Type.Optional(verdictSchema),
        }),
        response: { 200: json('A page of runs', page(runRef)), ...problemResponses() },
      },
    },
    ({ query }) => listRuns(db, { ...query, limit: query.limit ?? 50 }),
  );

  app.post(
    '/runs',
    {
      schema: {
        operationId: 'createRun',
        tags: ['runs'],
        summary: 'Judge a backend',
        body: newRunSchema,
        response: { 201: created('It is queued', runRef), ...problemResponses(...bodyProblems, 404) },
      },
    },
    async ({ body }, reply) => {
      const run = await begin(await subjectOf(db, body));
      return reply.code(201).header('location', `/api/runs/${run.id}`).send(run);
    },
  );

  app.get(
    '/runs/:id',
    {
      schema: {
        operationId: 'readRun',
        tags: ['runs'],
        summary: 'One run',
        params: idParams,
        response: { 200: json('The run', runRef), ...problemResponses(404) },
      },
    },
    async ({ params }) => {
      const run = await findRun(db, params.id);
      if (run === null) throw notFound('run');
      return run;
    },
  );

  app.delete(
    '/runs/:id',
    {
      schema: {
        operationId: 'deleteRun',
        tags: ['runs'],
        summary: 'Forget a run that has ended, with all it recorded',
        params: idParams,
        response: { 204: noContent, ...problemResponses(404, 409) },
      },
    },
    async ({ params }, reply) => {
      if (!(await deleteRun(db, params.id))) {
        if ((await findRun(db, params.id)) === null) throw notFound('run');
        throw new Problem('conflict', 'The run still goes on.', { fix: 'Stop it first.' });
      }
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/runs/:id/stop',
    {
      schema: {
        operationId: 'stopRun',
        tags: ['runs'],
        summary: 'Stop a run, and the watching of its folder; one that has ended stays as it is',
        params: idParams,
        response: { 202: json('It is being stopped', runRef), ...problemResponses(404) },
      },
    },
    async ({ params }, reply) => {
      await stopWatching(db, params.id);
      await stopQueued(db, params.id);
      // Whoever waits for the next run of a watched folder need not wait any more.
      if (!feed.stop(params.id, new Fault('interrupted', 'The run was stopped.')))
        feed.tell(params.id, { type: 'end' });
      const run = await findRun(db, params.id);
      if (run === null) throw notFound('run');
      return reply.code(202).send(run);
    },
  );

  app.post(
    '/runs/:id/rerun',
    {
      schema: {
        operationId: 'rerunRun',
        tags: ['runs'],
        summary: 'Judge the same backend again',
        params: idParams,
        body: exactly({
          onlyFailed: Type.Optional(Type.Boolean({ description: 'Only the checks that had failed' })),
          sameSeed: Type.Optional(Type.Boolean({ description: 'Send the same requests again' })),
          watch: Type.Optional(
            Type.Boolean({ description: 'And whenever the folder changes; left out: as the run before' }),
          ),
        }),
        response: { 201: created('The new run', runRef), ...problemResponses(...bodyProblems, 404, 409) },
      },
    },
    async ({ params, body }, reply) => {
      const before = await findRun(db, params.id);
      if (before === null) throw notFound('run');
      const only = body.onlyFailed === true ? await failedChecks(db, before.id) : before.only;
      const seed = body.sameSeed === true ? before.seed : randomSeed();
      const run = await begin({ ...before, only, seed, watch: body.watch ?? before.watch });
      return reply.code(201).header('location', `/api/runs/${run.id}`).send(run);
    },
  );
}

function randomSeed(): number {
  return Math.floor(Math.random() * 0x7fffffff);
}
