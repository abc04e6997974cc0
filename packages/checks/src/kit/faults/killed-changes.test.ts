import { type Exchange, type Instance, isJsonObject, type Json, type Wire } from '@assay/contract';
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

/**
 * Keeps notes in memory, and on disk too; a kill leaves what is on disk. Where the wire is slow, a write is on disk after a while, and answered then; one of the late methods
 * is answered before.
 */
function slowNotebook(late: readonly string[]) {
  let disk = new Map<number, Json>();
  let memory = new Map<number, Json>();
  let isSlow = false;
  let kills = 0;
  const written = () => new Promise<void>((resolve) => (isSlow ? setImmediate(resolve) : resolve()));
  const keep = (place: Map<number, Json>, key: number, value: Json | undefined): void => {
    if (value === undefined) place.delete(key);
    else place.set(key, value);
  };
  const backend = scripted((line) => {
    const [method = '', target = ''] = line.split(' ');
    const key = Number(target.split('/').at(-1));
    if (method === 'POST') return [201, [...memory.values()].at(-1) ?? null];
    return method === 'DELETE' ? [204] : memory.has(key) ? [200, memory.get(key)] : [404];
  });
  const rule = {
    hits: 0,
    last: null,
    waitForHits: () => Promise.resolve(),
    release: () => undefined,
    remove: () => {
      isSlow = false;
    },
  };
  const wire: Partial<Wire> = {
    rule: () => {
      isSlow = true;
      return rule;
    },
  };
  const instance: Instance & { readonly kills: () => number } = {
    ...backend,
    wire: wire as Wire,
    kills: () => kills,
    send: async (request) => {
      const { method, target, body: sent } = request;
      if (method === 'GET') return backend.send(request);
      const key = method === 'POST' ? 1 + Math.max(0, ...memory.keys()) : Number(target.split('/').at(-1));
      const value = method === 'DELETE' ? undefined : { id: key, ...(JSON.parse(String(sent)) as object) };
      keep(memory, key, value);
      const before = kills;
      const writing = written().then(() => {
        if (kills === before) keep(disk, key, value);
      });
      if (!late.includes(method)) await writing;
      return backend.send(request);
    },
    kill: () => {
      kills += 1;
      memory = new Map(disk);
      return Promise.resolve();
    },
    start: () => {
      disk = new Map(memory);
      return Promise.resolve({ ready: true, durationMs: 1 });
    },
  };
  return instance;
}

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
  [['PATCH', 'DELETE'], ['/text']],
])('where %j is written later, %j is lost', async (late, places) => {
  const { lost } = await killedChanges(contextOf(await contract, notebook(late)), 1, 0);
  expect(lost.map(({ place }) => place)).toEqual(places);
});

it('kills at each acknowledgement in turn: what waits for its write gives others no time to be written', async () => {
  const context = contextOf(await contract, slowNotebook([]));
  expect(await killedChanges(context, 1, 0)).toMatchObject({ told: 2, kills: 2, lost: [] });
  const late = (method: string) => killedChanges(contextOf(contract, slowNotebook([method])), 1, 0);
  expect(await late('PATCH')).toMatchObject({ kills: 1, lost: [{ place: '/text' }] });
  expect(await late('DELETE')).toMatchObject({ kills: 1, lost: [{ place: null }] });
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
  expect(await killedChanges(contextOf(contract, lagging), 1)).toMatchObject({ told: 1, lost: [] });
});
