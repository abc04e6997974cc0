import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { acceptorFor } from '../database/acceptor.ts';
import { openDatabaseServer } from '../database/open.ts';
import { openHome } from '../home/home.ts';
import { temporaryHome } from '../home/test-child.ts';
import { chooseSandbox } from '../sandbox/choose-sandbox.ts';
import { launchBackend } from './launch-backend.ts';
import { until } from './testing/condition.ts';
import { temporaryBackend } from './testing/temporary-backend.ts';

const nothing = (): undefined => undefined;

const filling = `const { Client } = require(${JSON.stringify(createRequire(import.meta.url).resolve('pg'))});
const client = new Client({ connectionString: process.env.DATABASE_URL });
client.connect().then(() => {
  client.query('CREATE TABLE filled AS SELECT repeat(md5(n::text), 60) AS text FROM generate_series(1, 100000000) n').catch(() => {});
  require('node:http').createServer((_, response) => response.end()).listen(process.env.PORT, process.env.HOST);
});`;

test('a backend that fills its database is killed, and its statement ends with it', { timeout: 60_000 }, async () => {
  const temporary = temporaryHome();
  const server = await openDatabaseServer(openHome({ ASSAY_HOME: temporary.path }));
  const { built, root, remove } = temporaryBackend({ 'server.js': filling }, { database: 'postgres' });
  onTestFinished(async () => {
    await server.release();
    remove();
    temporary.remove();
  });
  const database = await server.createDatabase();
  const outcome = await launchBackend(built, {
    sandbox: await chooseSandbox({ mode: 'off' }),
    scratch: join(root, 'scratch'),
    limits: { databaseBytes: 32 * 1024 * 1024 },
    database: acceptorFor(server, database, (client) => {
      const upstream = server.connectUpstream();
      pipeline(client, upstream, nothing);
      pipeline(upstream, client, nothing);
    }),
  });
  if (!outcome.launched) throw new Error(outcome.failure.message);
  onTestFinished(() => outcome.backend.close());
  await until('it was killed', () => !outcome.backend.alive);
  expect(outcome.backend.log().join('\n')).toMatch(
    /\[assay\] The backend was killed: its database holds \d+ MiB, and may hold 32 MiB\./,
  );
  // Nor is it spared when it is started again.
  await outcome.backend.start().catch(() => undefined);
  await until('it was killed again', () => !outcome.backend.alive);
  await until('its statement ended', async () => {
    const sessions = await server.administer('SELECT 1 FROM pg_stat_activity WHERE datname = $1', [database.name]);
    return sessions.length === 0;
  });
});
