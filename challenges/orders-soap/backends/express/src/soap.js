import { readFileSync } from 'node:fs';
import express from 'express';
import { answer, escape, fault, readMessage } from './envelope.js';
import { operations } from './operations.js';
import { BadMessage, Refusal } from './refusal.js';

const contract = (name) => readFileSync(new URL(`../contract/${name}`, import.meta.url), 'utf8');
const wsdl = contract('service.wsdl');
const schema = contract('orders.xsd');

/** The SOAP face: one address for all operations, and the two files that describe them. */
export function soapFace(pool) {
  const face = express.Router();
  face
    .route('/orders')
    .get((req, res) => {
      if (!Object.keys(req.query).some((name) => name.toLowerCase() === 'wsdl'))
        return res.status(400).type('text/plain').send('Ask for ?wsdl, or POST a SOAP message.');
      // With the address at which it was asked for, wherever the service runs.
      const origin = `${req.protocol}://${escape(req.get('Host'))}`;
      return res.type('text/xml').send(wsdl.replace('http://localhost:8080', () => origin));
    })
    .post(express.raw({ type: () => true, limit: 256 * 1024, inflate: false }), async (req, res) => {
      // SOAP 1.2 comes with a media type of its own, and is told so in the words of 1.1.
      if (!/^(text\/xml|application\/soap\+xml)\b/i.test(req.get('Content-Type') ?? '')) throw new BadMessage('The message must be text/xml.');
      const { operation, values } = readMessage(Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0));
      const run = Object.hasOwn(operations, operation) ? operations[operation] : null;
      if (run === null) throw new BadMessage(`There is no operation ${operation}.`);
      checkAction(req.get('SOAPAction'), operation);
      send(res, 200, answer(operation, await run(pool, values)));
    })
    .all((req, res) => res.status(405).set('Allow', 'GET, HEAD, POST').type('text/plain').send('This address answers GET and POST.'));
  face.get('/orders.xsd', (req, res) => res.type('text/xml').send(schema));
  face.use((error, req, res, next) => {
    if (res.headersSent) return next(error);
    if (error instanceof Refusal) return send(res, 500, fault('Client', error.message, error));
    if (error instanceof BadMessage) return send(res, 500, fault(error.code, error.message));
    if (error.status === 413) return send(res, 413, fault('Client', 'The message is too large.'));
    if (error.status >= 400 && error.status < 500) return send(res, error.status, fault('Client', 'The message could not be read.'));
    console.error(error);
    return send(res, 500, fault('Server', 'The service failed.'));
  });
  return face;
}

/** The body says which operation is meant. An action that says another is a mistake, or an attempt to slip past a gateway that reads only it. */
function checkAction(action, operation) {
  if (action === undefined) throw new BadMessage('The header SOAPAction is missing.');
  const bare = action.trim().replace(/^"(.*)"$/, '$1');
  if (bare !== '' && bare !== `urn:assay:orders#${operation}`) throw new BadMessage('The SOAPAction is not the one of this operation.');
}

function send(res, status, text) {
  res.status(status).type('text/xml').send(text);
}
