import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const document = {
  openapi: '3.1.0',
  info: { title: 'Small', version: '1' },
  paths: {
    '/hello': {
      get: {
        operationId: 'hello',
        responses: {
          200: {
            description: 'ok',
            content: {
              'application/json': {
                schema: { type: 'object', required: ['hello'], properties: { hello: { type: 'string' } } },
              },
            },
          },
        },
      },
    },
  },
};

/** A backend without dependencies or database. @param body what it answers; `{"hello":1}` breaks its contract */
export function smallBackend(body: string, folder = mkdtempSync(path.join(tmpdir(), 'assay-small-'))): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'openapi.json'), JSON.stringify(document));
  writeFileSync(path.join(folder, 'assay.yaml'), 'start: node server.js\ndatabase: none\n');
  writeFileSync(
    path.join(folder, 'server.js'),
    `require('node:http').createServer((request, response) => {
  const found = request.url.split('?')[0] === '/hello';
  const allowed = request.method === 'GET' || request.method === 'HEAD';
  if (found && !allowed) response.setHeader('allow', 'GET, HEAD');
  response.writeHead(!found ? 404 : allowed ? 200 : 405, { 'content-type': 'application/json' });
  response.end(found && allowed ? ${JSON.stringify(body)} : '{}');
}).listen(Number(process.env.PORT), '127.0.0.1');
`,
  );
  return folder;
}
