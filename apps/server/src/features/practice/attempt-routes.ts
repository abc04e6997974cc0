import { Type } from 'typebox';
import { created, json } from '../../answers.ts';
import type { App } from '../../app.ts';
import { bodyProblems, exactly, idParams, problemResponses } from '../../schemas.ts';
import type { Services } from '../../services.ts';
import { leaveAttempt } from './attempt-queries.ts';
import { answerAttempt, attemptOf, confirmAttempt, ended, getAttempt, hintFor, openAttempt } from './attempts.ts';
import { openNextOfToday } from './today.ts';
import { answerSchema, attemptRef, practiceSeedSchema, questionIdSchema } from './schemas.ts';

const tags = ['practice'];
const seconds = Type.Optional(Type.Number({ minimum: 0, maximum: 1_000_000 }));

export function attemptRoutes(app: App, services: Services): void {
  app.post(
    '/practice/attempts',
    {
      schema: {
        operationId: 'openAttempt',
        tags,
        summary: 'Open a question, with names and numbers of its own; without naming one, the next of today',
        body: exactly({
          question: Type.Optional(questionIdSchema),
          seed: Type.Optional(practiceSeedSchema),
        }),
        response: { 201: created('The question', attemptRef), ...problemResponses(...bodyProblems, 404, 409) },
      },
    },
    async ({ body }, reply) => {
      const seed = body.seed ?? Math.floor(Math.random() * 1_000_000);
      const row =
        body.question === undefined
          ? await openNextOfToday(services, seed)
          : await openAttempt(services, await services.practice.getQuestion(body.question), seed, null);
      return reply
        .code(201)
        .header('location', `/api/practice/attempts/${row.id}`)
        .send(await attemptOf(services, row));
    },
  );

  app.get(
    '/practice/attempts/:id',
    {
      schema: {
        operationId: 'readAttempt',
        tags,
        summary: 'A question that was opened, as it stands',
        params: idParams,
        response: { 200: json('The question', attemptRef), ...problemResponses(404) },
      },
    },
    async ({ params }) => attemptOf(services, await getAttempt(services, params.id)),
  );

  app.post(
    '/practice/attempts/:id/hint',
    {
      schema: {
        operationId: 'askForHint',
        tags,
        summary: 'One hint more, if there is one; it costs',
        params: idParams,
        response: { 200: json('The question, with the hint', attemptRef), ...problemResponses(404, 409) },
      },
    },
    async ({ params }) => attemptOf(services, await hintFor(services, params.id)),
  );

  app.post(
    '/practice/attempts/:id/answer',
    {
      schema: {
        operationId: 'answerAttempt',
        tags,
        summary: 'Answer it: it is marked by running it where it can be run',
        params: idParams,
        body: exactly({ answer: answerSchema, seconds, thinkingSeconds: seconds }),
        response: {
          200: json('The question with its mark; with the status `marking`, look again', attemptRef),
          ...problemResponses(...bodyProblems, 404, 409),
        },
      },
    },
    async ({ params, body }) => attemptOf(services, await answerAttempt(services, params.id, body)),
  );

  app.post(
    '/practice/attempts/:id/confirmation',
    {
      schema: {
        operationId: 'confirmAttempt',
        tags,
        summary: 'Say which of the points the answer makes',
        params: idParams,
        body: exactly({ points: Type.Array(Type.Integer({ minimum: 1, maximum: 100 }), { maxItems: 100 }) }),
        response: {
          200: json('The question with its mark', attemptRef),
          ...problemResponses(...bodyProblems, 404, 409),
        },
      },
    },
    async ({ params, body }) => attemptOf(services, await confirmAttempt(services, params.id, body.points)),
  );

  app.post(
    '/practice/attempts/:id/leave',
    {
      schema: {
        operationId: 'leaveAttempt',
        tags,
        summary: 'Leave it out: it does not count',
        params: idParams,
        response: { 200: json('The question', attemptRef), ...problemResponses(404, 409) },
      },
    },
    async ({ params }) => {
      await getAttempt(services, params.id);
      const row = await leaveAttempt(services.db, params.id);
      if (row === null) throw ended();
      await services.practice.forget(row.id);
      return attemptOf(services, row);
    },
  );
}
