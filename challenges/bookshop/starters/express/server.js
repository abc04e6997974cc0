import express from 'express';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';

// Begin here: create your tables with this, before the server listens. What must hold is in brief.md, every path and
// field in openapi.yaml; `assay check` tells what holds already.
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
pool.on('error', (error) => console.error(error.message));
export const db = new Kysely({ dialect: new PostgresDialect({ pool }) });

const app = express();
app.disable('x-powered-by');

function sendProblem(res, status, title, detail) {
  res.status(status).type('application/problem+json').send({ type: 'about:blank', title, status, detail });
}

// The first operation to write: insert the author, then answer 201 with it and a Location.
app.post('/authors', express.json(), (req, res) => {
  sendProblem(res, 501, 'Not Implemented', 'Adding an author is not written yet.');
});

app.use((req, res) => sendProblem(res, 404, 'Not Found', 'There is nothing here yet.'));

app.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? '127.0.0.1');
