import { isAbout } from '@assay/practice';
import { Type } from 'typebox';
import { json } from '../../answers.ts';
import type { App } from '../../app.ts';
import { decodeCursor, pageOf } from '../../cursor.ts';
import { named, page, pageQuery, problemResponses } from '../../schemas.ts';
import type { Services } from '../../services.ts';
import { attemptRoutes } from './attempt-routes.ts';
import { factsOf } from './attempts.ts';
import { deckRoutes } from './deck-routes.ts';
import { interviewRoutes } from './interview-routes.ts';
import { progressRoutes } from './progress-routes.ts';
import { questionFactsRef } from './schemas.ts';
import { type Today, todayOf } from './today.ts';

const tags = ['practice'];
const topic = Type.Optional(
  Type.String({ maxLength: 150, pattern: '^[a-z0-9/-]*$', description: 'An area, a topic or a kind' }),
);

export function practiceRoutes(app: App, services: Services): void {
  const { practice } = services;

  app.get(
    '/practice/today',
    {
      schema: {
        operationId: 'readPracticeToday',
        tags,
        summary: 'What there is to practise today: what is due, and something new',
        querystring: Type.Object({
          minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 120, default: 5 })),
          topic,
        }),
        response: { 200: json('The session', named<Today>('PracticeToday')), ...problemResponses() },
      },
    },
    ({ query }) => todayOf(practice, { minutes: query.minutes ?? 5, topic: query.topic || null }),
  );

  app.get(
    '/practice/questions',
    {
      schema: {
        operationId: 'listQuestions',
        tags,
        summary: 'The questions that can be asked on this machine, by their ids',
        querystring: Type.Object({ ...pageQuery, topic }),
        response: { 200: json('A page of questions', page(questionFactsRef)), ...problemResponses() },
      },
    },
    async ({ query }) => {
      const limit = query.limit ?? 50;
      const after = decodeCursor(query.cursor, /^[a-z-]+\/[a-z0-9-]+$/);
      const about = query.topic || null;
      const rows = (await practice.list())
        .filter((question) => (about === null || isAbout(question, about)) && (after === null || question.id > after))
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, limit + 1);
      return pageOf(rows, limit, ({ id }) => id, factsOf);
    },
  );

  attemptRoutes(app, services);
  interviewRoutes(app, services);
  progressRoutes(app, services);
  deckRoutes(app, services);
}
