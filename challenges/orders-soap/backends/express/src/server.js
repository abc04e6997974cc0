import { createServer } from 'node:http';
import { createApp } from './app.js';
import { createPool, migrate } from './database.js';

const pool = createPool(process.env.DATABASE_URL);
await migrate(pool);

const port = Number(process.env.PORT ?? 3000);
const server = createServer(await createApp(pool, process.env.PUBLIC_URL ?? `http://localhost:${port}`));
server.keepAliveTimeout = 65_000;
server.listen(port, process.env.HOST ?? '127.0.0.1');

/** Lets the requests under way finish; a connection is closed once it has none. */
function stop() {
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  server.close(async () => {
    clearInterval(sweep);
    await pool.end();
  });
}
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
