import { createServer } from 'node:http';
import { createApp } from './app.js';
import { createPool, migrate } from './database.js';
import { createAdmin } from './users.js';

const { ADMIN_EMAIL, ADMIN_PASSWORD, CORS_ORIGIN, DATABASE_URL, HOST = '127.0.0.1', PORT = '3000' } = process.env;

const pool = createPool(DATABASE_URL);
await migrate(pool);
if (ADMIN_EMAIL && ADMIN_PASSWORD) await createAdmin(pool, ADMIN_EMAIL, ADMIN_PASSWORD);

const server = createServer(createApp(pool, CORS_ORIGIN));
server.keepAliveTimeout = 65_000;
server.listen(Number(PORT), HOST);

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
