import { expect, test } from 'vitest';
import { recognised } from '../recognised.ts';

function releaseOf(files: Readonly<Record<string, string | object>>, module = ''): unknown {
  const [found] = recognised({
    'go.mod': `module shop\nrequire github.com/lib/pq v1\n${module}`,
    'main.go': 'package main\n',
    ...files,
  });
  return found?.release;
}

const composed = (volume: string): object => ({ services: { db: { image: 'postgres:18', volumes: [volume] } } });

test.each([
  [
    { 'db/migration/000001_init.up.sql': '', 'db/migration/000001_init.down.sql': '' },
    'migrate -path db/migration -database "$DATABASE_URL" up',
  ],
  [{ 'sql/001_init.sql': '-- +goose Up\nCREATE TABLE t ();' }, 'goose -dir sql postgres "$DATABASE_URL" up'],
  [
    { 'init.sql': '', 'docker-compose.yml': composed('./init.sql:/docker-entrypoint-initdb.d/init.sql') },
    'psql -v ON_ERROR_STOP=1 -f init.sql',
  ],
  [
    { 'db/b.sql': '', 'db/a.sql': '', 'x.sql': '', 'compose.yaml': composed('./db/:/docker-entrypoint-initdb.d') },
    'psql -v ON_ERROR_STOP=1 -f db/a.sql -f db/b.sql',
  ],
  [{ 'schema.sql': '' }, null],
  [{ 'db/$(x)/1.up.sql': '' }, null],
])('the tool whose files are there makes the tables: %j', (files, command) => {
  expect(releaseOf(files)).toBe(command);
});

test('a program that makes its tables itself is left to it', () => {
  const files = { 'db/1.up.sql': '' };
  const migrate = 'require github.com/golang-migrate/migrate/v4 v4\n';
  const caller = 'package db\n\nimport "github.com/golang-migrate/migrate/v4"\n';
  const main = 'package main\n\nimport (\n\t"fmt"\n\tstore "shop/db"\n)\n';
  expect(releaseOf({ ...files, 'db/db.go': caller, 'main.go': main }, migrate)).toBeNull();
  const embedding = 'package db\n\n//go:embed *.sql\nvar files embed.FS\n';
  expect(releaseOf({ ...files, 'db/db.go': embedding, 'main.go': main })).toBeNull();
  expect(releaseOf({ ...files, 'store.go': 'package main\n\nvar files = os.DirFS("./db")\n' })).toBeNull();
  expect(releaseOf({ ...files, 'store.go': 'package main\n\nvar text, _ = os.ReadFile("db/1.up.sql")\n' })).toBeNull();
  // It is the one that a part of the program brings along.
  expect(releaseOf(files, 'require github.com/golang-migrate/migrate/v4 v4 // indirect\n')).toBeNull();
  expect(releaseOf({ ...files, 'store_test.go': 'package main\n\nvar files = os.DirFS("db")\n' })).toContain('migrate');
});

test('what only tests read or call makes no tables', () => {
  const files = {
    'init.sql': '',
    'compose.yaml': composed('./init.sql:/docker-entrypoint-initdb.d/init.sql'),
    'test/helpers/app.go': 'package helpers\n\nimport "testing"\n\nvar path = "init.sql"\n',
  };
  expect(releaseOf(files)).toBe('psql -v ON_ERROR_STOP=1 -f init.sql');
  const migrations = {
    'database/migrations/1.up.sql': '',
    'database/embed.go':
      'package database\n\nimport "github.com/golang-migrate/migrate/v4"\n\n//go:embed migrations/*\n',
    'store/store.go': 'package store\n',
    'store/store_test.go': 'package store\n\nimport "shop/database"\n',
  };
  expect(releaseOf(migrations, 'require github.com/golang-migrate/migrate/v4 v4\n')).toBe(
    'migrate -path database/migrations -database "$DATABASE_URL" up',
  );
});

test('tables are made only in PostgreSQL', () => {
  const [found] = recognised({ 'go.mod': 'module shop\n', 'main.go': 'package main\n', 'db/1.up.sql': '' });
  expect(found?.release).toBeNull();
  // As a part of a library that knows many databases.
  const many = {
    'go.mod': 'module shop\nrequire github.com/jmoiron/sqlx v1\n',
    'go.sum': 'github.com/lib/pq v1 h1:x\n',
  };
  const [other] = recognised({ ...many, 'main.go': 'package main\n', 'db/1.up.sql': '' });
  expect(other?.release).toBeNull();
});
