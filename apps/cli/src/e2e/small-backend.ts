import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** One operation that can be called well and wrongly: everything that a small backend needs to be judged. */
export const smallContract = `openapi: 3.1.0
info: { title: Things, version: '1' }
paths:
  /things:
    get:
      operationId: listThings
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 10 } }
      responses:
        '200':
          description: The things
          content: { application/json: { schema: { type: array, items: { type: object, required: [id], properties: { id: { type: integer } } } } } }
        '400': { description: A bad limit }
`;

/** A server that keeps the small contract. `respond` may say something else for a good request. */
export function server(
  respond = "response.writeHead(200, { 'content-type': 'application/json' }).end('[{\"id\":1}]')",
): string {
  return `
const server = require('node:http').createServer((request, response) => {
  const url = new URL(request.url, 'http://backend');
  if (url.pathname !== '/things') return response.writeHead(404).end();
  if (request.method !== 'GET' && request.method !== 'HEAD') return response.writeHead(405, { allow: 'GET, HEAD' }).end();
  const limit = url.searchParams.getAll('limit');
  if (limit.length > 0 && !(limit.length === 1 && /^([1-9]|10)$/.test(limit[0]))) return response.writeHead(400).end();
  ${respond};
});
server.listen(process.env.PORT, '127.0.0.1');
`;
}

/** Writes a backend folder: a Node.js server, the small contract, and an assay.yaml that starts it; `files` replace or add. */
export function smallBackend(folder: string, source: string, files: Readonly<Record<string, string>> = {}): string {
  const all = { 'server.js': source, 'openapi.yaml': smallContract, 'assay.yaml': 'start: node server.js\n', ...files };
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(all)) writeFileSync(path.join(folder, name), text);
  return folder;
}
