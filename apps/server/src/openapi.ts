import { buildApp } from './app.ts';
import { readConfiguration } from './configuration.ts';
import { connect } from './database/connect.ts';
import { Practice } from './features/practice/practice.ts';
import { Metrics } from './metrics.ts';
import { RunFeed } from './runner/run-feed.ts';

/** The OpenAPI document of the server, made from its routes without a database and without listening. */
export async function openApiDocument(): Promise<object> {
  const { db, pool } = connect({ host: '127.0.0.1', port: 1 });
  const configuration = { ...readConfiguration({}), pages: '/nonexistent' };
  const home = { root: '', exposed: '', cache: '', postgres: '', runs: '', instances: '', secret: '' };
  const app = await buildApp({
    configuration,
    home,
    db,
    feed: new RunFeed(),
    metrics: new Metrics(),
    practice: new Practice(home, configuration),
    token: '',
  });
  await app.ready();
  const document = app.swagger();
  await app.close();
  await pool.end();
  return document;
}
