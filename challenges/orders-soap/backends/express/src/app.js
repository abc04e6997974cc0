import express from 'express';
import { restFace } from './rest.js';
import { soapFace } from './soap.js';

export function createApp(pool) {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use('/soap', soapFace(pool));
  app.use(restFace(pool));
  return app;
}
