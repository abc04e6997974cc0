import express from 'express';
import pg from 'pg';

const database = new pg.Pool({ connectionString: process.env.DATABASE_URL });
database.on('error', (error) => console.error(error.message));

const app = express();

// Begin here: create the tables before the server listens, keep the todo, and answer 201 with Location and ETag.
// Then run `assay check` and read the first finding.
app.post('/todos', (request, response) => {
  sendProblem(response, 501, 'Not Implemented', 'Todos cannot be created yet.');
});

app.use((request, response) => {
  sendProblem(response, 404, 'Not Found', 'There is nothing at this path yet.');
});

function sendProblem(response, status, title, detail) {
  response.status(status).type('application/problem+json');
  response.send(JSON.stringify({ type: 'about:blank', title, status, detail }));
}

const port = Number(process.env.PORT ?? 3000);
app.listen(port, process.env.HOST ?? '127.0.0.1', () => console.log(`listening on port ${port}`));
