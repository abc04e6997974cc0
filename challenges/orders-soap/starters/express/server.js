import express from 'express';
import pg from 'pg';

// Begin here: create your tables with this pool, before the server listens. What must hold is in brief.md, every message in
// service.wsdl and orders.xsd, every path and field of the REST face in openapi.yaml; `assay check` tells what holds already.
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
pool.on('error', (error) => console.error(error.message));

const app = express();
app.disable('x-powered-by');

function sendFault(res, code, message) {
  const fault = `<soap:Fault><faultcode>soap:${code}</faultcode><faultstring>${message}</faultstring></soap:Fault>`;
  const envelope = `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${fault}</soap:Body></soap:Envelope>`;
  res.status(500).type('text/xml').send(envelope);
}

function sendProblem(res, status, title, detail) {
  res.status(status).type('application/problem+json').send({ type: 'about:blank', title, status, detail });
}

// The first operation to write: parse the message with libxml2-wasm, hold it against orders.xsd, insert the product, and answer
// createProductResponse.
app.post('/soap/orders', express.raw({ type: () => true }), (req, res) => sendFault(res, 'Server', 'No operation is written yet.'));

app.post('/api/products', express.json(), (req, res) => sendProblem(res, 501, 'Not Implemented', 'This is not written yet.'));

app.use((req, res) => sendProblem(res, 404, 'Not Found', 'There is nothing here yet.'));

app.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? '127.0.0.1');
