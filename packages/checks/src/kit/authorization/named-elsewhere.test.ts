import type { Instance, JsonObject } from '@assay/contract';
import { expect, it } from 'vitest';
import { check } from '../../security/object-authorization.ts';
import { object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { judged } from '../testing/recordings-for-tests.ts';
import { served } from '../testing/served-for-tests.ts';
import { contextOfPeople, contractOfPeople, twoPeople } from './people-for-tests.ts';
import { namedElsewhere } from './named-elsewhere.ts';

const whole = { type: 'integer' };
const note = object({ id: whole, text, status: text });
const notes = { type: 'array', items: whole };
const contract = contractOfPeople({
  '/notes': {
    post: { operationId: 'createNote', requestBody: taken(object({ text })), responses: { '201': said(note) } },
    delete: {
      operationId: 'deleteNotes',
      parameters: [{ name: 'ids', in: 'query', required: true, schema: notes }],
      responses: { '204': said() },
    },
    put: { operationId: 'putNote', requestBody: taken(object({ id: whole, text })), responses: { '204': said() } },
  },
  '/notes/bulk-delete': {
    post: { operationId: 'bulkDelete', requestBody: taken(object({ ids: notes })), responses: { '204': said() } },
  },
  '/notes/archive': {
    post: { operationId: 'archiveNote', requestBody: taken(object({ noteId: whole })), responses: { '204': said() } },
  },
  '/notes/search': {
    get: {
      operationId: 'searchNotes',
      parameters: [{ name: 'noteId', in: 'query', required: true, schema: whole }],
      responses: { '200': said({ type: 'array', items: note }) },
    },
  },
  '/notes/{id}': {
    get: {
      operationId: 'getNote',
      parameters: [{ name: 'id', in: 'path', required: true, schema: whole }],
      responses: { '200': said(note), '404': said() },
    },
  },
});

/** @param ownerless operations that look at no owner @param shared everybody reads each note */
async function contextWith(ownerless: readonly string[], shared = false) {
  let kept: JsonObject[] = [];
  let made = 0;
  const backend = await served(({ method, path, query, json, request }, response) => {
    const answer = (status: number, value?: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value ?? {}));
    if (path === '/register') return answer(201);
    if (path === '/login') return answer(200, { token: `token of ${String(json['email'])}` });
    const by = request.headers.authorization ?? '';
    const mine = (operation: string, id: unknown) => (one: JsonObject) =>
      String(one['id']) === String(id) && (one['by'] === by || ownerless.includes(operation));
    const shown = ({ id, text: words, status }: JsonObject) => ({ id, text: words, status });
    const change = (found: JsonObject | undefined, values: JsonObject) => {
      kept = kept.map((one) => (one === found ? { ...one, ...values } : one));
      return answer(204);
    };
    const listed = (value: unknown): readonly unknown[] =>
      Array.isArray(value) ? value : String(value ?? '').split(',');
    const without = (operation: string, ids: readonly unknown[]) => {
      kept = kept.filter((one) => !ids.some((id) => mine(operation, id)(one)));
      return answer(204);
    };
    if (path === '/notes' && method === 'POST') {
      kept.push({ id: (made += 1), text: String(json['text']), status: 'open', by });
      return answer(201, shown(kept.at(-1) ?? {}));
    }
    if (path === '/notes' && method === 'DELETE') return without('deleteNotes', listed(query.get('ids')));
    if (path === '/notes/bulk-delete') return without('bulkDelete', listed(json['ids']));
    if (path === '/notes') return change(kept.find(mine('putNote', json['id'])), { text: String(json['text']) });
    if (path === '/notes/archive')
      return change(kept.find(mine('archiveNote', json['noteId'])), { status: 'archived' });
    if (path === '/notes/search') return answer(200, kept.filter(mine('searchNotes', query.get('noteId'))).map(shown));
    const found = kept.find((one) => path === `/notes/${String(one['id'])}` && (shared || one['by'] === by));
    return found === undefined ? answer(404) : answer(200, shown(found));
  });
  return contextOfPeople(contract, backend);
}

const told = async (...of: Parameters<typeof contextWith>) =>
  judged(check, await check.probe(await contextWith(...of)), contract);

it('blames nothing that looks for the owner wherever the id stands', async () => {
  expect((await told([])).findings).toEqual([]);
});

it.each([
  ['searchNotes', 'read'],
  ['archiveNote', 'act'],
  ['putNote', 'change'],
  ['deleteNotes', 'delete'],
  ['bulkDelete', 'delete'],
])('finds %s that looks at the id alone', async (operation, kind) => {
  expect((await told([operation])).findings).toMatchObject([{ key: `${operation} ${kind}` }]);
});

it('tries nothing where everybody reads the thing', async () => {
  const context = await contextWith(['searchNotes', 'bulkDelete'], true);
  expect(await namedElsewhere(context, ...(await twoPeople(context)))).toEqual([]);
});

/** Notes that are read by their owners, and archived by whoever knows what they are called. @param archiving the role that the contract asks for it */
async function notArchived(name: string, nameOf: (made: number) => string, archiving: readonly string[] = []) {
  const known = object({ [name]: text, text, status: text });
  const byName = contractOfPeople({
    '/notes': {
      post: { operationId: 'createNote', requestBody: taken(object({ text })), responses: { '201': said(known) } },
    },
    '/notes/archive': {
      post: {
        operationId: 'archiveNote',
        security: [{ bearer: [...archiving] }],
        requestBody: taken(object({ noteId: text })),
        responses: { '204': said() },
      },
    },
    [`/notes/{${name}}`]: {
      get: {
        operationId: 'getNote',
        parameters: [{ name, in: 'path', required: true, schema: text }],
        responses: { '200': said(known), '404': said() },
      },
    },
  });
  const kept = new Map<string, { readonly text: string; readonly by: string; status: string }>();
  const backend = await served(({ method, path, json, request }, response) => {
    const answer = (status: number, value: unknown = {}) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (path === '/register') return answer(201);
    if (path === '/login') return answer(200, { token: `token of ${String(json['email'])}` });
    const by = request.headers.authorization ?? '';
    if (path === '/notes' && method === 'POST') {
      const id = nameOf(kept.size);
      kept.set(id, { text: String(json['text']), by, status: 'open' });
      return answer(201, { [name]: id, text: json['text'], status: 'open' });
    }
    if (path === '/notes/archive') {
      const found = kept.get(String(json['noteId']));
      if (found !== undefined) found.status = 'archived';
      return answer(found === undefined ? 404 : 204);
    }
    const id = path.slice('/notes/'.length);
    const found = kept.get(id);
    if (found === undefined || found.by !== by) return answer(404);
    return answer(200, { [name]: id, text: found.text, status: found.status });
  });
  return { byName, context: contextOfPeople(byName, backend) };
}

const counted = (made: number) => `note-${made + 1}`;
const random = (made: number) => `k${made}Rv8qZt2LwXn4Jd`;

it.each([
  ['tries what is called by a number', 'noteId', counted, [], ['archiveNote act']],
  ['tries nothing with a code that its owner hands on', 'shareCode', random, [], []],
  ['tries nothing that the contract has for few', 'noteId', counted, ['admin'], []],
] as const)('%s', async (_, name, nameOf, archiving, keys) => {
  const { byName, context } = await notArchived(name, nameOf, archiving);
  const { findings } = judged(check, await check.probe(context), byName);
  expect(findings.map(({ key }) => key)).toEqual(keys);
});

it('asks nothing more when it is to end', async () => {
  const { context } = await notArchived('noteId', counted);
  const [owner, other] = await twoPeople(context);
  let asked = 0;
  const backend: Instance = {
    ...context.backend,
    send: (...of) => {
      asked += 1;
      return context.backend.send(...of);
    },
  };
  expect(await namedElsewhere({ ...context, backend, signal: AbortSignal.abort() }, owner, other)).toEqual([]);
  expect(asked).toBe(0);
});
