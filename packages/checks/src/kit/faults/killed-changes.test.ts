import { type Exchange, type Instance, isJsonObject, type Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { killedChanges } from './killed-changes.ts';

const note = { type: 'object', properties: { text: { type: 'string', minLength: 3, maxLength: 20 } } };
const shown = {
  content: {
    'application/json': {
      schema: { type: 'object', properties: { id: { type: 'integer' }, text: { type: 'string' } } },
    },
  },
};
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const body = { required: true, content: { 'application/json': { schema: { ...note, required: ['text'] } } } };
const contract = contractOf({
  '/notes': { post: { operationId: 'add', requestBody: body, responses: { 201: { description: 'Made', ...shown } } } },
  '/notes/{id}': {
    get: { operationId: 'read', parameters: [id], responses: { 200: { description: 'It', ...shown } } },
    patch: {
      operationId: 'change',
      parameters: [id],
      requestBody: body,
      responses: { 200: { description: 'It', ...shown } },
    },
    delete: { operationId: 'drop', parameters: [id], responses: { 204: { description: 'Gone' } } },
  },
});

/** Keeps notes in memory, and on disk too where it is said; a kill leaves what is on disk. */
function notebook(late: readonly string[]) {
  const disk = new Map<number, Json>();
  let memory = new Map<number, Json>();
  const backend = scripted((line, sent) => {
    const [method = '', target = ''] = line.split(' ');
    const key = method === 'POST' ? disk.size + 100 * memory.size + 1 : Number(target.split('/').at(-1));
    const keep = (value: Json | undefined): void => {
      for (const place of late.includes(method) ? [memory] : [memory, disk])
        if (value === undefined) place.delete(key);
        else place.set(key, value);
    };
    if (method !== 'POST' && !memory.has(key)) return [404];
    if (method === 'DELETE') keep(undefined);
    else if (isJsonObject(sent)) keep({ id: key, ...sent });
    return [method === 'POST' ? 201 : method === 'DELETE' ? 204 : 200, memory.get(key) ?? null];
  });
  return Object.assign(backend, {
    kill: async () => {
      memory = new Map(disk);
    },
    start: async () => ({ ready: true, durationMs: 1 }) as const,
  });
}

it.each([
  [[], []],
  [['PATCH'], ['/text']],
  [['DELETE'], [null]],
  [
    ['PATCH', 'DELETE'],
    ['/text', null],
  ],
])('where %j is written later, %j is lost', async (late, places) => {
  const { acknowledged, lost } = await killedChanges(contextOf(await contract, notebook(late)), 1, 0);
  expect(acknowledged).toHaveLength(2);
  expect(lost.map(({ place }) => place)).toEqual(places);
});

it('waits for what is shown later than it was written', async () => {
  const backend = notebook([]);
  const old = new Map<string, Exchange>();
  let isStarted = false;
  let late = 2;
  const lagging: Instance = {
    ...backend,
    send: async (request) => {
      const answer = await backend.send(request);
      if (request.method !== 'GET') return answer;
      const earlier = old.get(request.target) ?? answer;
      if (!isStarted) old.set(request.target, answer);
      return isStarted && late-- > 0 ? earlier : answer;
    },
    start: () => {
      isStarted = true;
      return backend.start();
    },
  };
  expect(await killedChanges(contextOf(contract, lagging), 1)).toMatchObject({ told: 2, lost: [] });
});
