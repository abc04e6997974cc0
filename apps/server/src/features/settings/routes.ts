import { json } from '../../answers.ts';
import type { App } from '../../app.ts';
import { bodyProblems, named, problemResponses } from '../../schemas.ts';
import type { Services } from '../../services.ts';
import { changeSettings, readSettings, type Settings, settingsChangesSchema } from './queries.ts';

const tags = ['settings'];
const settingsRef = named<Settings>('Settings');

export function settingRoutes(app: App, { db, home, configuration }: Services): void {
  const current = async (): Promise<Settings> => ({
    ...(await readSettings(db)),
    dataFolder: home.root,
    version: configuration.version,
    database: configuration.databaseUrl === undefined ? 'embedded' : 'own',
  });

  app.get(
    '/settings',
    {
      schema: {
        operationId: 'readSettings',
        tags,
        summary: 'How Assay looks and works here',
        response: { 200: json('The settings', settingsRef), ...problemResponses() },
      },
    },
    current,
  );

  app.patch(
    '/settings',
    {
      schema: {
        operationId: 'updateSettings',
        tags,
        summary: 'Change some of it; what is not named stays',
        body: settingsChangesSchema,
        response: { 200: json('The settings as they are now', settingsRef), ...problemResponses(...bodyProblems) },
      },
    },
    async ({ body }) => {
      await changeSettings(db, body);
      return current();
    },
  );
}
