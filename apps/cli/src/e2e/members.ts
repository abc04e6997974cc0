/** A shared contract of private tasks behind a login, as somebody wrote it who never heard of Assay. */
export function contractOf(signUp: string, login: string): string {
  return `openapi: 3.0.3
info: { title: Tasks, version: 1.0.0 }
components:
  securitySchemes: { jwt: { type: http, scheme: bearer } }
  schemas:
    Task: { type: object, required: [id, title], properties: { id: { type: integer }, title: { type: string }, done: { type: boolean } } }
    NewTask: { type: object, required: [title], additionalProperties: false, properties: { title: { type: string, minLength: 1, maxLength: 100 }, done: { type: boolean } } }
paths:
${signUp}
${login}
  /api/tasks:
    get:
      operationId: listTasks
      security: [{ jwt: [] }]
      responses:
        '200': { description: mine, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Task' } } } } }
        '401': { description: who are you }
    post:
      operationId: createTask
      security: [{ jwt: [] }]
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/NewTask' } } } }
      responses:
        '201': { description: made, content: { application/json: { schema: { $ref: '#/components/schemas/Task' } } } }
        '400': { description: bad }
        '401': { description: who are you }
  /api/tasks/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    get:
      operationId: getTask
      security: [{ jwt: [] }]
      responses:
        '200': { description: one, content: { application/json: { schema: { $ref: '#/components/schemas/Task' } } } }
        '400': { description: bad }
        '401': { description: who are you }
        '404': { description: none }
    delete:
      operationId: deleteTask
      security: [{ jwt: [] }]
      responses: { '204': { description: gone }, '400': { description: bad }, '401': { description: who are you }, '404': { description: none } }
`;
}

export const plainSignUp = `  /api/auth/register:
    post:
      operationId: register
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [email, password], properties: { email: { type: string, format: email }, password: { type: string, minLength: 8 } } } } } }
      responses:
        '201': { description: made, content: { application/json: { schema: { type: object, properties: { id: { type: integer } } } } } }
        '400': { description: bad }
        '409': { description: taken }`;

export const plainLogin = `  /api/auth/login:
    post:
      operationId: login
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [email, password], properties: { email: { type: string, format: email }, password: { type: string } } } } } }
      responses:
        '200': { description: in, content: { application/json: { schema: { type: object, required: [access_token], properties: { access_token: { type: string } } } } } }
        '400': { description: bad }
        '401': { description: no }`;

/** Login as FastAPI has it: a form, with the e-mail address as its user name, and an answer that is not described. */
export const formLogin = `  /api/token:
    post:
      operationId: token
      requestBody: { required: true, content: { application/x-www-form-urlencoded: { schema: { type: object, required: [username, password], properties: { grant_type: { type: string, pattern: '^password$' }, username: { type: string }, password: { type: string }, scope: { type: string, default: '' } } } } } }
      responses:
        '200': { description: in, content: { application/json: { schema: {} } } }
        '400': { description: bad }
        '401': { description: no }`;

/** A sign-up by names that say nothing. */
export const oddSignUp = `  /api/members:
    post:
      operationId: addMember
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [contact, phrase], properties: { contact: { type: string }, phrase: { type: string, minLength: 8 } } } } } }
      responses:
        '201': { description: made, content: { application/json: { schema: { type: object, properties: { id: { type: integer } } } } } }
        '400': { description: bad }
        '409': { description: taken }`;

/** The server. Its secret is new with each start, so that a restart forgets who was signed in. */
export function membersServer(flaws: { readonly verifies?: false; readonly owned?: false } = {}): string {
  return `
const { createHmac, randomBytes, scryptSync, timingSafeEqual } = require('node:crypto');
const secret = randomBytes(32);
const people = [], tasks = [];
const nobody = { salt: randomBytes(16), hash: randomBytes(32) };
const hashOf = (password, salt) => scryptSync(password, salt, 32, { N: 1024 });
const sign = (text) => createHmac('sha256', secret).update(text).digest('base64url');
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
function tokenFor(person) {
  const text = encode({ alg: 'HS256', typ: 'JWT' }) + '.' + encode({ sub: person.id });
  return text + '.' + sign(text);
}
function callerOf(request) {
  const [head, claims, signature, more] = (/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '').split('.');
  if (claims === undefined || signature === undefined || more !== undefined) return undefined;
  if (${flaws.verifies ?? true} && sign(head + '.' + claims) !== signature) return undefined;
  try { return people.find(({ id }) => id === JSON.parse(Buffer.from(claims, 'base64url')).sub); } catch { return undefined; }
}
require('node:http').createServer(async (request, response) => {
  const answer = (status, value, headers = {}) => {
    response.writeHead(status, { ...(value === undefined ? {} : { 'content-type': 'application/json' }), ...headers });
    response.end(value === undefined ? undefined : JSON.stringify(value));
  };
  let size = 0;
  const chunks = [];
  for await (const chunk of request) { size += chunk.length; if (size < 100000) chunks.push(chunk); }
  const text = Buffer.concat(chunks).toString('utf8');
  const path = request.url.split('?')[0];
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  let body;
  try {
    body = /urlencoded/.test(request.headers['content-type'] ?? '') ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text || 'null');
  } catch { body = undefined; }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) body = {};
  const login = body.email ?? body.username ?? body.contact;
  const password = body.password ?? body.phrase;
  if (/register$|members$|login$|token$/.test(path)) {
    if (method !== 'POST') return answer(405, undefined, { allow: 'POST' });
    if (typeof login !== 'string' || typeof password !== 'string') return answer(400);
    const known = people.find((person) => person.login === login);
    if (/register$|members$/.test(path)) {
      if (password.length < 8 || (body.email !== undefined && !/^[^@]+@[^@]+$/.test(login))) return answer(400);
      if (known) return answer(409);
      const salt = randomBytes(16);
      people.push({ id: people.length + 1, login, salt, hash: hashOf(password, salt) });
      return answer(201, { id: people.length });
    }
    if (/login$/.test(path) && !/^[^@]+@[^@]+$/.test(login)) return answer(400);
    const { salt, hash } = known ?? nobody;
    const matches = timingSafeEqual(hashOf(password, salt), hash);
    return known && matches ? answer(200, { access_token: tokenFor(known), token_type: 'bearer' }) : answer(401);
  }
  const id = /^\\/api\\/tasks\\/([^/]+)$/.exec(path)?.[1];
  if (path !== '/api/tasks' && id === undefined) return answer(404);
  const allowed = id === undefined ? ['GET', 'POST'] : ['GET', 'DELETE'];
  if (!allowed.includes(method)) return answer(405, undefined, { allow: ['HEAD', ...allowed].join(', ') });
  const caller = callerOf(request);
  if (caller === undefined) return answer(401);
  const shown = ({ owner, ...task }) => task;
  if (id === undefined && method === 'GET') return answer(200, tasks.filter(({ owner }) => owner === caller.id).map(shown));
  if (id === undefined) {
    const known = Object.keys(body).every((name) => ['title', 'done'].includes(name));
    if (!known || typeof body.title !== 'string' || body.title === '' || [...body.title].length > 100) return answer(400);
    if (body.done !== undefined && typeof body.done !== 'boolean') return answer(400);
    const task = { id: (tasks.at(-1)?.id ?? 0) + 1, title: body.title, done: body.done ?? false, owner: caller.id };
    tasks.push(task);
    return answer(201, shown(task), { location: '/api/tasks/' + task.id });
  }
  if (!/^-?\\d+$/.test(id)) return answer(400);
  const at = tasks.findIndex((task) => task.id === Number(id) && (!${flaws.owned ?? true} || task.owner === caller.id));
  if (at < 0) return answer(404);
  if (method === 'GET') return answer(200, shown(tasks[at]));
  tasks.splice(at, 1);
  answer(204);
}).listen(process.env.PORT, '127.0.0.1');
`;
}
