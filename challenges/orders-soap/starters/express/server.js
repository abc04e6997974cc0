import { readFileSync } from 'node:fs';
import path from 'node:path';
import express from 'express';
import pg from 'pg';
import { listen } from 'soap';

// Begin here: create your tables with this pool, before the server listens. What must hold is in brief.md, every message in
// service.wsdl and orders.xsd, every path and field of the REST face in openapi.yaml; `assay check` tells what holds already.
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
pool.on('error', (error) => console.error(error.message));

const app = express();
app.disable('x-powered-by');

function sendProblem(res, status, title, detail) {
  res.status(status).type('application/problem+json').send({ type: 'about:blank', title, status, detail });
}

// The package soap serves the WSDL, reads messages and writes answers. It holds no message against the schema (libxml2-wasm can), runs the
// operation that SOAPAction names, and knows neither VersionMismatch nor mustUnderstand: refuse here what it would let pass.
app.post('/soap/orders', express.raw({ type: () => true }), (req, res, next) => next());

// Without a statusCode the package sends a fault with 200, and what is thrown without a Fault as one of SOAP 1.2.
function notWritten() {
  throw { Fault: { faultcode: 'soap:Server', faultstring: 'No operation is written yet.', statusCode: 500 } };
}

// The first operation to write: insert the product, and answer { product: { id, name, price, stock, note } }.
const OrdersPort = {
  createProduct: notWritten,
  getProduct: notWritten,
  updateProduct: notWritten,
  deleteProduct: notWritten,
  listProducts: notWritten,
  placeOrder: notWritten,
  getOrder: notWritten,
  cancelOrder: notWritten,
  listOrders: notWritten,
};

const wsdl = path.join(import.meta.dirname, 'contract', 'service.wsdl');
const services = { OrdersService: { OrdersPort } };
// The package adds its route when it has read the WSDL and its schema.
await new Promise((resolve, reject) => {
  const callback = (error) => (error ? reject(error) : resolve());
  listen(app, { path: '/soap/orders', services, xml: readFileSync(wsdl, 'utf8'), uri: wsdl, callback });
});

app.post('/api/products', express.json(), (req, res) => sendProblem(res, 501, 'Not Implemented', 'This is not written yet.'));

app.use((req, res) => sendProblem(res, 404, 'Not Found', 'There is nothing here yet.'));

app.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? '127.0.0.1');
