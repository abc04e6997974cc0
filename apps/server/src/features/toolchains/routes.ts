import { inspectToolchains } from '@assay/prove';
import { Type } from 'typebox';
import { json } from '../../answers.ts';
import type { App } from '../../app.ts';
import { exactly, nullable, page, problemResponses } from '../../schemas.ts';

/** Asking every program for its version takes a second: they are asked again after this long. Milliseconds. */
const freshForMs = 30_000;

export function toolchainRoutes(app: App): void {
  let asked: { readonly at: number; readonly answer: ReturnType<typeof inspectToolchains> } | null = null;
  app.get(
    '/toolchains',
    {
      schema: {
        operationId: 'listToolchains',
        tags: ['settings'],
        summary: 'What is on this machine, what is missing, and how to get it',
        response: {
          200: json(
            'Every program that judging may need',
            page(
              exactly({
                id: Type.String(),
                neededFor: Type.String(),
                present: Type.Boolean(),
                version: nullable(Type.String()),
                path: nullable(Type.String()),
                problem: nullable(Type.String()),
                howToGet: exactly({ debian: Type.String(), macos: Type.String() }),
              }),
            ),
          ),
          ...problemResponses(),
        },
      },
    },
    async () => {
      if (asked === null || performance.now() - asked.at > freshForMs)
        asked = { at: performance.now(), answer: inspectToolchains() };
      const items = await asked.answer;
      // What a broken program prints is for `assay doctor`, not for whoever reads an API.
      const told = items.map((item) => ({ ...item, problem: item.problem?.split(':')[0] ?? null }));
      return { items: told, next: null };
    },
  );
}
