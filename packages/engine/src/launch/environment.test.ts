import { expect, test } from 'vitest';
import { backendEnvironment, connectionVariables } from './environment.ts';
import { temporaryBackend } from './testing/temporary-backend.ts';

test.each([
  ['Java', true, '-XX:MaxRAM=1024'],
  ['Java', false, '-XX:MaxRAM=1024 -XX:TieredStopAtLevel=1 -XX:+UseSerialGC'],
  ['unknown', false, '-XX:MaxRAM=1024'],
  ['Python', false, undefined],
])(
  'a JVM runs as it would anywhere where its speed is measured, or it is not known to be one: %s, %s',
  (language, measured, options) => {
    const { built, remove } = temporaryBackend({}, { stack: { language, framework: null, runtime: null } });
    const environment = backendEnvironment({
      built,
      listen: { host: '127.0.0.1', port: 1 },
      database: null,
      home: '/home',
      temporary: '/tmp',
      memoryBytes: 1024,
      markers: {},
      measured,
    });
    expect(environment['JDK_JAVA_OPTIONS']).toBe(options);
    remove();
  },
);

test('a database is told to Spring Boot for JDBC and for R2DBC', () => {
  const login = { user: 'u', password: 'p', database: 'shop' };
  const at = { host: '127.0.0.1', port: 5432 };
  expect(connectionVariables({ host: '127.0.0.1', port: 1 }, { at, login })).toMatchObject({
    SPRING_DATASOURCE_URL: 'jdbc:postgresql://127.0.0.1:5432/shop',
    SPRING_R2DBC_URL: 'r2dbc:postgresql://127.0.0.1:5432/shop',
    SPRING_R2DBC_USERNAME: 'u',
    SPRING_R2DBC_PASSWORD: 'p',
  });
});

test.each([
  ['postgresql+asyncpg://127.0.0.1:1/x', 'postgresql+asyncpg://u:p@127.0.0.1:5432/shop'],
  ['postgresql+psycopg://', 'postgresql+psycopg://u:p@127.0.0.1:5432/shop'],
  ['mysql+asyncmy://127.0.0.1/x', 'postgresql://u:p@127.0.0.1:5432/shop'],
])('a backend whose settings say %s is given %s', (said, given) => {
  const { built, remove } = temporaryBackend({}, { environment: { DATABASE_URL: said } });
  const environment = backendEnvironment({
    built,
    listen: { host: '127.0.0.1', port: 1 },
    database: {
      at: { host: '127.0.0.1', port: 5432 },
      login: { user: 'u', password: 'p', database: 'shop' },
    },
    home: '/home',
    temporary: '/tmp',
    memoryBytes: 1024,
    markers: {},
    measured: false,
  });
  expect(environment['DATABASE_URL']).toBe(given);
  remove();
});

test('a driver that insists on TLS where nothing is said is told that there is none', () => {
  const login = { user: 'u', password: 'p', database: 'shop' };
  const at = { host: '127.0.0.1', port: 5432 };
  expect(connectionVariables({ host: '127.0.0.1', port: 1 }, { at, login })).toMatchObject({ PGSSLMODE: 'disable' });
});

test.each([
  ['Kotlin', '127.0.0.1'],
  ['unknown', '127.0.0.1'],
  ['Go', '127.0.0.1:1'],
])('a host alone is the address of a server where Spring Boot may read it: %s', (language, address) => {
  const { built, remove } = temporaryBackend(
    {},
    { stack: { language, framework: null, runtime: null }, environment: { SERVER_ADDRESS: '$HOST:$PORT' } },
  );
  const environment = backendEnvironment({
    built,
    listen: { host: '127.0.0.1', port: 1 },
    database: null,
    home: '/home',
    temporary: '/tmp',
    memoryBytes: 1024,
    markers: {},
    measured: false,
  });
  remove();
  expect(environment['SERVER_ADDRESS']).toBe(address);
});

test('a database is told under the names that a backend has for it, unless its settings say otherwise', () => {
  const { built, remove } = temporaryBackend(
    {},
    {
      environment: { DB_PORT: '1' },
      databaseVariables: { DB_HOST: '$PGHOST', DB_PORT: '$PGPORT', DB_NAME: '$PGDATABASE' },
    },
  );
  const at = { host: '127.0.0.1', port: 5432 };
  const given = (database: Parameters<typeof backendEnvironment>[0]['database']) =>
    backendEnvironment({
      built,
      listen: { host: '127.0.0.1', port: 1 },
      database,
      home: '/home',
      temporary: '/tmp',
      memoryBytes: 1024,
      markers: {},
      measured: false,
    });
  remove();
  const login = { user: 'u', password: 'p', database: 'shop' };
  expect(given({ at, login })).toMatchObject({ DB_HOST: '127.0.0.1', DB_PORT: '1', DB_NAME: 'shop' });
  expect(given(null)).not.toHaveProperty('DB_HOST');
});
