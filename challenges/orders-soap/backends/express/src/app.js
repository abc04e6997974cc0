import express from 'express';
import { restFace } from './rest.js';
import { soapFace } from './soap.js';

/** @param address where clients find the service, as its WSDL tells them */
export async function createApp(pool, address) {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use('/soap', await soapFace(pool, address));
  app.use(restFace(pool));
  return app;
}
