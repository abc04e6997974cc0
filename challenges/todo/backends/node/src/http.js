import { STATUS_CODES } from 'node:http';
import { Problem } from './problem.js';

const BODY_LIMIT = 262_144;

/** Finds the route of a request, runs it and sends its answer: `{ status, headers, body }`. */
export async function answer(routes, request, response) {
  try {
    const { status, headers, body } = await dispatch(routes, request);
    send(request, response, status, { 'Content-Type': 'application/json', ...headers }, body);
  } catch (error) {
    // Whoever hung up gets no answer.
    if (request.destroyed && !request.complete) return;
    if (!(error instanceof Problem)) console.error(error);
    const problem = error instanceof Problem ? error : new Problem(500, 'Something went wrong here.');
    const { status, message: detail, errors } = problem;
    const headers = { 'Content-Type': 'application/problem+json', ...problem.headers };
    send(request, response, status, headers, { type: 'about:blank', title: STATUS_CODES[status], status, detail, errors });
  }
}

function dispatch(routes, request) {
  const [path] = request.url.split('?', 1);
  for (const { pattern, methods } of routes) {
    const match = pattern.exec(path);
    if (match === null) continue;
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    if (!Object.hasOwn(methods, method)) {
      const allow = Object.keys(methods).flatMap((name) => (name === 'GET' ? ['GET', 'HEAD'] : [name])).join(', ');
      throw new Problem(405, `The methods here are ${allow}.`, { headers: { Allow: allow } });
    }
    return methods[method](request, match.groups);
  }
  throw new Problem(404, 'There is nothing at this path.');
}

function send(request, response, status, headers, body) {
  if (body === undefined) {
    const { 'Content-Type': _, ...rest } = headers;
    response.writeHead(status, rest).end();
    return;
  }
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { ...headers, 'Content-Length': bytes.length });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

/** The JSON value in the request's body, which must be of exactly this media type. */
export async function readJson(request, mediaType) {
  const [type, ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.find((parameter) => parameter.trim().startsWith('charset='));
  const coding = request.headers['content-encoding'] ?? 'identity';
  if (type.trim() !== mediaType || (charset && !/=\s*"?utf-8"?\s*$/.test(charset)) || coding !== 'identity') {
    throw new Problem(415, `The body must be ${mediaType} in UTF-8, in no content coding.`);
  }
  const bytes = await readBody(request);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw new Problem(400, 'The body is not JSON in UTF-8.');
  }
}

/** Reads to the end even when the body is too large, so that the client is done sending before it is answered. */
async function readBody(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= BODY_LIMIT) chunks.push(chunk);
  }
  if (length > BODY_LIMIT) throw new Problem(413, 'The body has more than 262,144 bytes.');
  return Buffer.concat(chunks);
}
