import { createServer } from 'node:http';
import { createApp } from './app.js';
import { migrate, openDatabase } from './database.js';

const db = openDatabase(process.env.DATABASE_URL);
await migrate(db);

const server = createServer(createApp(db));
server.keepAliveTimeout = 65_000;
server.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? '127.0.0.1');

/** Lets the requests under way finish; a connection is closed once it has none. */
function stop() {
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  server.close(async () => {
    clearInterval(sweep);
    await db.destroy();
  });
}
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
