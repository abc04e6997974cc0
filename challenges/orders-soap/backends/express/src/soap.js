import { readFileSync } from 'node:fs';
import express from 'express';
import { listen } from 'soap';
import { checkedMessage, fault } from './message.js';
import { operations } from './operations.js';
import { BadMessage, Refusal } from './refusal.js';

const contract = (name) => readFileSync(new URL(`../contract/${name}`, import.meta.url), 'utf8');
const wsdl = contract('service.wsdl');
const schema = contract('orders.xsd');

/** The SOAP face: the package `soap` serves the WSDL, reads messages and writes answers. What it does not look at is refused in front of it. */
export async function soapFace(pool, address) {
  const services = { OrdersService: { OrdersPort: withFaults(operations(pool)) } };
  const face = express.Router();
  face.get('/orders.xsd', (req, res) => res.type('text/xml').send(schema));
  face
    .route('/orders')
    .get((req, res, next) => {
      if (/\?wsdl/i.test(req.url)) return next();
      return res.status(400).type('text/plain').send('Ask for ?wsdl, or POST a SOAP message.');
    })
    .post(express.raw({ type: () => true, limit: 256 * 1024, inflate: false }), (req, res, next) => {
      // SOAP 1.2 comes with a media type of its own, and is told so in the words of 1.1.
      if (!/^(text\/xml|application\/soap\+xml)\b/i.test(req.get('Content-Type') ?? '')) throw new BadMessage('The message must be text/xml.');
      const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
      req.body = checkedMessage(bytes, req.get('SOAPAction'), Object.keys(services.OrdersService.OrdersPort));
      // The package runs what this header names, if there is one, and answers with the media type of the message.
      delete req.headers.soapaction;
      req.headers['content-type'] = 'text/xml; charset=utf-8';
      next();
    })
    .all((req, res, next) => {
      if (['GET', 'HEAD', 'POST'].includes(req.method)) return next();
      return res.status(405).set('Allow', 'GET, HEAD, POST').type('text/plain').send('This address answers GET and POST.');
    });
  face.use((error, req, res, next) => {
    if (res.headersSent) return next(error);
    if (error instanceof BadMessage) return send(res, 500, fault(error.code, error.message));
    if (error.status === 413) return send(res, 413, fault('Client', 'The message is too large.'));
    if (error.status >= 400 && error.status < 500) return send(res, error.status, fault('Client', 'The message could not be read.'));
    console.error(error);
    return send(res, 500, fault('Server', 'The service failed.'));
  });
  await handOver(face, services, wsdl.replace('http://localhost:8080', () => address));
  return face;
}

function send(res, status, text) {
  res.status(status).type('text/xml').send(text);
}

/** Adds the package's own route to the face, when it has read the WSDL. */
async function handOver(face, services, xml) {
  await new Promise((resolve, reject) => {
    const server = listen(face, {
      path: '/orders',
      services,
      xml,
      // What it imports is given, not fetched.
      uri: 'service.wsdl',
      wsdl_options: { overrideImportLocation: () => readable(schema) },
      enableChunkedEncoding: false,
      suppressStack: true,
      callback: (error) => (error ? reject(error) : resolve()),
    });
    // Else the ends of each text are trimmed, no-break spaces included. It is an option of the package's clients only.
    server.wsdl.options.preserveWhitespace = true;
  });
}

/**
 * The schema as the package can use it. It finds a type by its prefix only, and without types one line of an order would be no list; and it keeps a
 * text of nothing but no-break spaces, or a number as the text it is, for sure only where the type is called xs:string.
 */
function readable(text) {
  return text
    .replace('xmlns="urn:assay:orders"', 'xmlns:o="urn:assay:orders"')
    .replaceAll(/type="(Name|Money)"/g, 'type="xs:string"')
    .replaceAll(/(type|base)="(?=[A-Z])/g, '$1="o:');
}

/** The operations, with what they throw as faults of SOAP 1.1: the package would send those of 1.2, with the message of any error in them. */
function withFaults(all) {
  const wrapped = ([name, run]) => [name, (values) => run(values ?? {}).catch((error) => Promise.reject({ Fault: faultOf(error) }))];
  return Object.fromEntries(Object.entries(all).map(wrapped));
}

function faultOf(error) {
  // The package answers 200 when there is no status.
  const statusCode = 500;
  if (error instanceof Refusal) {
    const detail = { [`o:${error.kind}`]: { attributes: { 'xmlns:o': 'urn:assay:orders', ...error.details } } };
    return { faultcode: 'soap:Client', faultstring: error.message, detail, statusCode };
  }
  console.error(error);
  return { faultcode: 'soap:Server', faultstring: 'The service failed.', statusCode };
}
