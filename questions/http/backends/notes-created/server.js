import { createServer } from 'node:http';

const notes = new Map();

function send(response, status, body, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw Object.assign(new Error('the body is not JSON'), { status: 400 });
  }
}

const server = createServer(async (request, response) => {
  try {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (request.method === 'POST' && pathname === '/notes') {
      const body = await read(request);
      const text = body?.text;
      if (typeof text !== 'string' || text === '' || [...text].length > 200) return send(response, 400, { error: 'text is needed' });
      const note = { id: notes.size + 1, text };
      notes.set(note.id, note);
      return send(response, 201, note, { location: `/note/${note.id}` });
    }
    const id = /^\/notes\/(\d+)$/.exec(pathname)?.[1];
    if (request.method === 'GET' && id !== undefined) {
      const note = notes.get(Number(id));
      return note === undefined ? send(response, 404, { error: 'no such note' }) : send(response, 200, note);
    }
    return send(response, 404, { error: 'not found' });
  } catch (error) {
    return error?.status === 400 ? send(response, 400, { error: 'the body is not JSON' }) : send(response, 500, { error: 'something went wrong' });
  }
});

server.listen(Number(process.env.PORT), process.env.HOST);
