import { expect, test } from 'vitest';
import { noSettings } from '../settings/settings.ts';
import { detect } from './detect.ts';
import { testFolder } from './test-folder.ts';

const express = {
  'package.json': { dependencies: { express: '5', pg: '8' }, scripts: { start: 'node server.js' } },
  'server.js': '',
};
const service = (image: string, ...volumes: unknown[]): object => ({ image, volumes });
const mount = (path: string): string => `./${path}:/docker-entrypoint-initdb.d/${path}`;

const releaseOf = async (files: Readonly<Record<string, string | object>>, services: object) =>
  (await detect(testFolder({ ...express, ...files, 'docker-compose.yml': { services } }), noSettings)).release;

test('files that compose mounts for PostgreSQL make the tables, where nothing else does', async () => {
  const files = { 'init.sql': 'CREATE TABLE t ();', 'sql/1.sql': '', 'sql/2.sql': '' };
  const psql = 'psql -v ON_ERROR_STOP=1';
  expect(await releaseOf(files, { db: service('postgres:18', mount('init.sql')) })).toBe(`${psql} -f init.sql`);
  const long = { type: 'bind', source: './sql', target: '/docker-entrypoint-initdb.d' };
  expect(await releaseOf(files, { db: service('postgis/postgis', long) })).toBe(`${psql} -f sql/1.sql -f sql/2.sql`);
  const scripts = { start: 'node server.js', migrate: 'node migrate.js' };
  const own = { 'package.json': { dependencies: { express: '5', pg: '8' }, scripts } };
  expect(await releaseOf({ ...files, ...own }, { db: service('postgres', mount('init.sql')) })).toBe('npm run migrate');
});

test('files of another database, of tests, and those that the backend reads itself do not', async () => {
  const files = { 'init.sql': 'CREATE TABLE t ();' };
  expect(await releaseOf(files, { db: service('mysql:8', mount('init.sql')) })).toBeNull();
  expect(await releaseOf(files, { 'db-test': service('postgres:18', mount('init.sql')) })).toBeNull();
  const reading = { ...files, 'server.js': "readFileSync('init.sql')" };
  expect(await releaseOf(reading, { db: service('postgres:18', mount('init.sql')) })).toBeNull();
  expect(await releaseOf({ ...files, 'docker-compose.yml': '' }, { db: service('postgres:18') })).toBeNull();
});

test('a file that makes a database and goes there is run on the one that there is', async () => {
  const files = { 'init.sql': 'CREATE DATABASE shop;\n\\c shop;\nCREATE TABLE t ();\n' };
  expect(await releaseOf(files, { db: service('postgres:18', mount('init.sql')) })).toBe(
    "grep -ivhE '^[[:space:]]*(\\\\c(onnect)?[[:space:]]|create[[:space:]]+database[[:space:]])' init.sql | psql -v ON_ERROR_STOP=1",
  );
});

test('a compose file that names what is not there, or itself, mounts nothing', async () => {
  const files = { 'init.sql': 'CREATE TABLE t ();' };
  for (const text of [
    'services: *none\n',
    'services: &all\n  db: { volumes: *all }\n',
    'a: &a [1]\nb: [' + '*a,'.repeat(200) + ']\n',
  ])
    expect((await detect(testFolder({ ...express, ...files, 'compose.yml': text }), noSettings)).release).toBeNull();
  const db = { environment: ['POSTGRES_DB=x'], volumes: [mount('init.sql')] };
  expect(await releaseOf(files, { db })).toBe('psql -v ON_ERROR_STOP=1 -f init.sql');
});
