import { expect, test } from 'vitest';
import { noSettings } from '../../settings/settings.ts';
import { detect } from '../detect.ts';
import { viewFolder } from '../folder-view.ts';
import { testFolder } from '../test-folder.ts';
import { writtenScheme } from './written-address.ts';

const schemeOf = (files: Readonly<Record<string, string>>) => writtenScheme(viewFolder(testFolder(files)));

test.each([
  [{ '.env.example': 'DATABASE_URL=postgresql+asyncpg://u:p@db/shop\n' }],
  [{ 'docker-compose.yml': 'environment:\n  - DATABASE_URL=postgresql+asyncpg://u:p@db/shop\n' }],
  [{ 'compose.yaml': 'environment:\n  DATABASE_URL: ${DATABASE_URL:-postgresql+asyncpg://u:p@db/shop}\n' }],
  [
    {
      'app/config.py':
        "url = os.environ.get(\n    'DATABASE_URL',\n    'postgresql+asyncpg://u:p@localhost/shop',\n)\n",
    },
  ],
  [{ 'app/config.py': "url = os.getenv('DATABASE_URL') or 'postgresql+asyncpg://localhost/shop'\n" }],
  [
    {
      'app/config.py': 'class Settings(BaseSettings):\n    database_url: str = "postgresql+asyncpg://localhost/shop"\n',
    },
  ],
])('%j writes the driver', (files) => {
  expect(schemeOf(files)).toBe('postgresql+asyncpg');
});

test.each([
  ['the plain one', { '.env': 'DATABASE_URL=postgresql://u:p@db/shop\n' }],
  ['another variable', { '.env': 'TEST_DATABASE_URL=postgresql+asyncpg://u:p@db/shop\n' }],
  [
    'both',
    {
      '.env': 'DATABASE_URL=postgresql+asyncpg://u:p@db/shop\n',
      'compose.yml': 'environment:\n  DATABASE_URL: postgresql://u:p@db/shop\n',
    },
  ],
  [
    'the plain one, from which it makes the other',
    {
      '.env': 'DATABASE_URL=postgresql+asyncpg://u:p@db/shop\n',
      'db.py': "url = os.environ['DATABASE_URL'].replace('postgresql', 'postgresql+asyncpg')\n",
    },
  ],
])('%s is no driver', (_, files) => {
  expect(schemeOf(files)).toBeNull();
});

test('a backend is given the scheme that it writes, unless its settings say another', async () => {
  const folder = testFolder({
    'requirements.txt': 'fastapi\nuvicorn\nsqlalchemy\nasyncpg\n',
    'main.py': 'from fastapi import FastAPI\napp = FastAPI()\n',
    '.env.example': 'DATABASE_URL=postgresql+asyncpg://u:p@db/shop\n',
  });
  const address = { DATABASE_URL: expect.stringMatching(/^postgresql\+asyncpg:\/\//) };
  expect(await detect(folder, noSettings)).toMatchObject({ environment: address });
  const own = { DATABASE_URL: 'postgresql+psycopg://' };
  expect(await detect(folder, { ...noSettings, env: own })).toMatchObject({ environment: own });
  const none = await detect(folder, { ...noSettings, database: 'none' });
  expect(none.environment).not.toHaveProperty('DATABASE_URL');
});
