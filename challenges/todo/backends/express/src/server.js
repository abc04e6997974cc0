import { createApp } from './app.js';
import { createDatabase, createTables } from './database.js';

const database = createDatabase(process.env.DATABASE_URL);
await createTables(database);

const port = Number(process.env.PORT ?? 3000);
const host = process.env.HOST ?? '127.0.0.1';
const server = createApp(database).listen(port, host, (error) => {
  if (error) throw error;
  console.log(`listening on http://${host}:${port}`);
});

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
