import express from 'express';
import pg from 'pg';

// Begin here: create your tables with this pool, before the server listens. What must hold is in brief.md, every path and
// field in openapi.yaml; `assay check` tells what holds already.
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
pool.on('error', (error) => console.error(error.message));

const app = express();
app.disable('x-powered-by');

function sendProblem(res, status, title, detail) {
  res.status(status).type('application/problem+json').send({ type: 'about:blank', title, status, detail });
}

// The first operation to write: insert the user with a hash of the password, then answer 201 with the profile.
app.post('/users', express.json(), (req, res) => {
  sendProblem(res, 501, 'Not Implemented', 'Signing up is not written yet.');
});

app.use((req, res) => sendProblem(res, 404, 'Not Found', 'There is nothing here yet.'));

app.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? '127.0.0.1');
