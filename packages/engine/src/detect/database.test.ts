import { expect, test } from 'vitest';
import { noSettings } from '../settings/settings.ts';
import { detect } from './detect.ts';
import { testFolder } from './test-folder.ts';

const databaseIn = async (files: Readonly<Record<string, string | object>>) =>
  (await detect(testFolder(files), noSettings)).database;

const flask = {
  'app.py': 'app = Flask(__name__)\n',
  'config.py': "url = os.environ.get('DATABASE_URL') or 'sqlite:///app.db'\n",
};

test('a Python with SQLite and no driver of PostgreSQL gets none', async () => {
  expect(await databaseIn({ ...flask, 'requirements.txt': 'flask\nflask-sqlalchemy\n' })).toBe('none');
  expect(await databaseIn({ ...flask, 'requirements.txt': 'flask\npsycopg2-binary\n' })).toBe('postgres');
  expect(await databaseIn({ ...flask, 'requirements.txt': 'flask\n', 'poetry.lock': 'name = "asyncpg"\n' })).toBe(
    'postgres',
  );
  expect(await databaseIn({ ...flask, 'requirements.txt': 'flask\n', 'db.py': 'import psycopg\n' })).toBe('postgres');
  expect(await databaseIn({ ...flask, 'requirements.txt': 'flask\n', 'config.py': 'DATABASE_URL\n' })).toBe('postgres');
});

test.each([
  ['sqlite', 'none'],
  ['mysql', 'none'],
  ['postgresql', 'postgres'],
])('a schema of Prisma for %s: %s', async (provider, database) => {
  const files = {
    'package.json': { dependencies: { express: '5', '@prisma/client': '6' }, scripts: { start: 'node server.js' } },
    'prisma/schema.prisma': `generator client {\n  provider = "prisma-client-js"\n}\ndatasource db {\n  provider = "${provider}"\n  url = env("DATABASE_URL")\n}\n`,
  };
  expect(await databaseIn(files)).toBe(database);
});

test('names for the parts of its address go to a backend that has one', async () => {
  const named = async (driver: string) => {
    const files = { ...flask, 'requirements.txt': `flask\n${driver}\n`, '.env.example': 'POSTGRES_HOST=db\n' };
    return (await detect(testFolder(files), { ...noSettings, database: driver === '' ? 'none' : null }))
      .databaseVariables;
  };
  expect(await named('psycopg')).toEqual({ POSTGRES_HOST: '$PGHOST' });
  expect(await named('')).toBeUndefined();
});

test.each([
  ['turso', { 'drizzle-orm': '1', '@libsql/client': '1' }, 'none'],
  ['postgresql', { 'drizzle-orm': '1' }, 'postgres'],
  ['sqlite', { 'drizzle-orm': '1', pg: '8' }, 'postgres'],
])('settings of Drizzle for %s with %j: %s', async (dialect, drivers, database) => {
  const files = {
    'package.json': { dependencies: { hono: '4', ...drivers }, scripts: { start: 'node server.js' } },
    'drizzle.config.ts': `export default defineConfig({ dialect: '${dialect}', url: env.DATABASE_URL });\n`,
  };
  expect(await databaseIn(files)).toBe(database);
});

test.each([
  [{ knex: '3', sqlite3: '5' }, 'none'],
  [{ knex: '3' }, 'postgres'],
  [{ '@mikro-orm/core': '6', '@mikro-orm/mysql': '6' }, 'none'],
  [{ '@mikro-orm/core': '6', '@mikro-orm/postgresql': '6' }, 'postgres'],
  [{ knex: '3', sqlite3: '5', pg: '8' }, 'postgres'],
])('a mapper says nothing of the database, the drivers beside it do: %j', async (drivers, database) => {
  const manifest = { dependencies: { express: '5', ...drivers }, scripts: { start: 'node server.js' } };
  expect(await databaseIn({ 'package.json': manifest })).toBe(database);
});
