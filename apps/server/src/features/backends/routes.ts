import { Type } from 'typebox';
import { created, json, noContent } from '../../answers.ts';
import type { App } from '../../app.ts';
import { notFound, Problem } from '../../problems.ts';
import { bodyProblems, exactly, idParams, page, pageQuery, pathSchema, problemResponses } from '../../schemas.ts';
import type { Services } from '../../services.ts';
import { detectBackend, detectionSchema } from './detect.ts';
import { deleteBackend, findBackend, insertBackend, listBackends, updateBackend } from './queries.ts';
import { backendChangesSchema, backendRef, newBackendSchema } from './schemas.ts';

const tags = ['backends'];

export function backendRoutes(app: App, { db }: Services): void {
  app.post(
    '/backends/detect',
    {
      schema: {
        operationId: 'detectBackend',
        tags,
        summary: 'What a folder holds, and how it would be built and started',
        body: exactly({ folder: pathSchema }),
        response: { 200: json('What was detected', detectionSchema), ...problemResponses(...bodyProblems, 409) },
      },
    },
    ({ body }) => detectBackend(body.folder),
  );

  app.get(
    '/backends',
    {
      schema: {
        operationId: 'listBackends',
        tags,
        summary: 'Backends that are remembered, the newest first',
        querystring: Type.Object(pageQuery),
        response: { 200: json('A page of backends', page(backendRef)), ...problemResponses() },
      },
    },
    ({ query }) => listBackends(db, query.cursor, query.limit ?? 50),
  );

  app.post(
    '/backends',
    {
      schema: {
        operationId: 'createBackend',
        tags,
        summary: 'Remember a folder with its settings',
        body: newBackendSchema,
        response: { 201: created('It is remembered', backendRef), ...problemResponses(...bodyProblems, 409) },
      },
    },
    async ({ body }, reply) => {
      const backend = await insertBackend(db, body);
      if (backend === null) throw new Problem('conflict', `${body.folder} is remembered already.`);
      return reply.code(201).header('location', `/api/backends/${backend.id}`).send(backend);
    },
  );

  app.get(
    '/backends/:id',
    {
      schema: {
        operationId: 'readBackend',
        tags,
        summary: 'One backend',
        params: idParams,
        response: { 200: json('The backend', backendRef), ...problemResponses(404) },
      },
    },
    async ({ params }) => {
      const backend = await findBackend(db, params.id);
      if (backend === null) throw notFound('backend');
      return backend;
    },
  );

  app.patch(
    '/backends/:id',
    {
      schema: {
        operationId: 'updateBackend',
        tags,
        summary: 'Correct its settings; what is not named stays',
        params: idParams,
        body: backendChangesSchema,
        response: { 200: json('As it is now', backendRef), ...problemResponses(...bodyProblems, 404) },
      },
    },
    async ({ params, body }) => {
      const backend = await updateBackend(db, params.id, body);
      if (backend === null) throw notFound('backend');
      return backend;
    },
  );

  app.delete(
    '/backends/:id',
    {
      schema: {
        operationId: 'deleteBackend',
        tags,
        summary: 'Forget it; its folder and its runs stay',
        params: idParams,
        response: { 204: noContent, ...problemResponses(404) },
      },
    },
    async ({ params }, reply) => {
      if (!(await deleteBackend(db, params.id))) throw notFound('backend');
      return reply.code(204).send(null);
    },
  );
}
