import { fitProgress, isFitted } from '@assay/practice';
import { Type } from 'typebox';
import { json } from '../../answers.ts';
import type { App } from '../../app.ts';
import { bodyProblems, exactly, named, problemResponses } from '../../schemas.ts';
import type { Services } from '../../services.ts';
import { calendarAddress } from './calendar.ts';
import { type PracticeProgress, progressOf } from './figures.ts';

const tags = ['practice'];

const settingsSchema = exactly({
  retention: Type.Number({ description: 'The share of questions that should be known when they come due' }),
  fitted: Type.Boolean({ description: 'The schedule is fitted to the person’s own memory' }),
  folder: Type.String({ description: 'Where the history is kept, for the terminal too' }),
  calendar: Type.String({ description: 'The path of the calendar feed; whoever knows it needs no token' }),
});

export function progressRoutes(app: App, services: Services): void {
  const { practice } = services;
  const settings = () => {
    const { progress, folder } = practice;
    return {
      retention: progress.scheduler.retention,
      fitted: isFitted(progress),
      folder,
      calendar: calendarAddress(services),
    };
  };

  app.get(
    '/practice/progress',
    {
      schema: {
        operationId: 'readPracticeProgress',
        tags,
        summary: 'Where a person stands: what comes due, how well their memory was foreseen, readiness as intervals',
        response: { 200: json('The figures', named<PracticeProgress>('PracticeProgress')), ...problemResponses() },
      },
    },
    () => progressOf(practice),
  );

  app.get(
    '/practice/settings',
    {
      schema: {
        operationId: 'readPracticeSettings',
        tags,
        summary: 'How practice is scheduled',
        response: { 200: json('The settings', settingsSchema), ...problemResponses() },
      },
    },
    settings,
  );

  app.patch(
    '/practice/settings',
    {
      schema: {
        operationId: 'updatePracticeSettings',
        tags,
        summary: 'Set the retention that is wanted, for the terminal too',
        body: exactly({ retention: Type.Optional(Type.Number({ minimum: 0.7, maximum: 0.97 })) }),
        response: { 200: json('The settings as they are now', settingsSchema), ...problemResponses(...bodyProblems) },
      },
    },
    ({ body }) => {
      if (body.retention !== undefined) practice.progress.configure({ retention: body.retention });
      return settings();
    },
  );

  app.post(
    '/practice/settings/fit',
    {
      schema: {
        operationId: 'fitPractice',
        tags,
        summary: 'Fit the schedule to the person’s own memory, when there are enough reviews and it helps',
        response: {
          200: json('What came of it', exactly({ changed: Type.Boolean(), said: Type.String() })),
          ...problemResponses(),
        },
      },
    },
    () => fitProgress(practice.progress),
  );
}
