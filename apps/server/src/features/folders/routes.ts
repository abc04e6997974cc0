import { spawn } from 'node:child_process';
import { Type } from 'typebox';
import { json, noContent } from '../../answers.ts';
import type { App } from '../../app.ts';
import { bodyProblems, exactly, nullable, pathSchema, problemResponses } from '../../schemas.ts';
import { complete } from './complete.ts';
import { openFolder } from './folder.ts';

export function folderRoutes(app: App): void {
  app.get(
    '/folders',
    {
      schema: {
        operationId: 'completeFolder',
        tags: ['backends'],
        summary: 'The folders that a typed path may become',
        querystring: Type.Object({ path: Type.Optional(Type.Union([pathSchema, Type.Literal('')])) }),
        response: {
          200: json(
            'What there is',
            exactly({
              path: Type.String(),
              parent: nullable(Type.String()),
              exists: Type.Boolean(),
              items: Type.Array(
                exactly({
                  name: Type.String(),
                  path: Type.String(),
                  isBackend: Type.Boolean({ description: 'It holds what backends begin with' }),
                }),
                { maxItems: 100 },
              ),
            }),
          ),
          ...problemResponses(),
        },
      },
    },
    ({ query }) => complete(query.path ?? ''),
  );

  app.post(
    '/folders/open',
    {
      schema: {
        operationId: 'openFolder',
        tags: ['backends'],
        summary: "Open a folder with the desktop's own program",
        body: exactly({ path: pathSchema }),
        response: { 204: noContent, ...problemResponses(...bodyProblems, 409) },
      },
    },
    async ({ body }, reply) => {
      show(openFolder(body.path));
      return reply.code(204).send(null);
    },
  );
}

/** Where there is no desktop, nothing happens. */
function show(folder: string): void {
  const program = process.platform === 'darwin' ? 'open' : 'xdg-open';
  // On macOS a folder may be an application: it is shown, and not started.
  spawn(program, process.platform === 'darwin' ? ['-R', folder] : [folder], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
