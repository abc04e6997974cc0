import { expect, test } from 'vitest';
import { databaseVariables } from './database-variables.ts';
import { viewFolder } from './folder-view.ts';
import { testFolder } from './test-folder.ts';

const given = (files: Readonly<Record<string, string | object>>) => databaseVariables(viewFolder(testFolder(files)));

test('names that examples, compose files and sources have for the parts of an address are given', () => {
  expect(
    given({ '.env.example': 'POSTGRES_HOST=db\nPOSTGRES_PORT=5432\n#POSTGRES_DB=app\nPOSTGRES_PASSWORD=\n' }),
  ).toEqual({
    POSTGRES_HOST: '$PGHOST',
    POSTGRES_PORT: '$PGPORT',
    POSTGRES_DB: '$PGDATABASE',
    POSTGRES_PASSWORD: '$PGPASSWORD',
  });
  const settings = "ENGINE = 'django.db.backends.postgresql'\nos.environ.get('DB_NAME'), os.environ.get('DB_PASS')\n";
  expect(given({ 'app/settings.py': settings, 'docker-compose.yml': '      - DB_USER=${DB_USER}\n' })).toEqual({
    DB_NAME: '$PGDATABASE',
    DB_PASS: '$PGPASSWORD',
    DB_USER: '$PGUSER',
  });
  expect(given({ 'config.py': 'class Settings(BaseSettings):\n    postgres_server: str\n' })).toEqual({
    POSTGRES_SERVER: '$PGHOST',
  });
});

test('other names are left alone', () => {
  expect(
    given({ '.env.example': 'DB_TEST_HOST=x\nMY_DB_HOST=x\nDB_POOL_MAX=10\nDATABASE_URL=postgres://a@b/c\n' }),
  ).toEqual({});
  expect(given({ '.env.test': 'DB_URL=postgres://a@b/c\n', '.env': 'TEST_DB_URL=postgres://a@b/c\n' })).toEqual({});
});

test.each([
  [{ 'db.js': "connect('mongodb://' + process.env.DB_HOST)" }],
  [{ '.env.example': 'DB_CONNECTION=mysql\nDB_HOST=x\n', 'config.php': "'pgsql' => ['host' => env('DB_HOST')]" }],
  [{ '.env.example': 'DB_HOST=x\nDB_PORT=3306\n', 'ci.yml': 'image: postgres' }],
])('names of another database are not given: %j', (files) => {
  expect(given(files)).toEqual({});
});

test('an example shows which name holds a whole address, and which the kind of the database', () => {
  const example = [
    'DBMATE_DATABASE_URL=postgres://admin:test@127.0.0.1:5432/test?sslmode=disable',
    'SQLALCHEMY_URI="postgresql+psycopg://a:b@localhost/c"',
    'POSTGRES_URL=127.0.0.1:5432',
    'DB_URL=jdbc:postgresql://localhost:5432/app',
    'DB_ENGINE=django.db.backends.postgresql',
    'CACHE_URL=127.0.0.1:6379',
    'SPRING_FLYWAY_URL=jdbc:postgresql://localhost:5432/app',
  ];
  expect(given({ '.env.example': example.join('\n') })).toEqual({
    DBMATE_DATABASE_URL: 'postgres://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/$PGDATABASE',
    SQLALCHEMY_URI: 'postgresql+psycopg://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/$PGDATABASE',
    POSTGRES_URL: '$PGHOST:$PGPORT',
    DB_URL: 'jdbc:postgresql://$PGHOST:$PGPORT/$PGDATABASE',
    DB_ENGINE: 'django.db.backends.postgresql',
  });
});
