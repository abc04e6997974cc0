import { createServer } from 'node:http';
import { createDatabase, createTables } from './database.js';
import { answer } from './http.js';
import { createRoutes } from './routes.js';

const database = createDatabase(process.env.DATABASE_URL);
await createTables(database);

const port = Number(process.env.PORT ?? 3000);
const host = process.env.HOST ?? '127.0.0.1';
const routes = createRoutes(database);
const server = createServer((request, response) => void answer(routes, request, response));
server.listen(port, host, () => console.log(`listening on http://${host}:${port}`));

/** Lets requests in flight finish, for at most five seconds. */
function shutDown() {
  server.close(async () => {
    await database.end();
    process.exit(0);
  });
  // Connections that fall idle from now on would otherwise be kept alive.
  setInterval(() => server.closeIdleConnections(), 50).unref();
  setTimeout(() => process.exit(1), 5000).unref();
}
process.once('SIGTERM', shutDown);
process.once('SIGINT', shutDown);
