import type { Resource } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { operationOf } from '../requests/cases.ts';
import { isIdempotencyKey } from '../requests/is-idempotency-key.ts';
import { exchangeOf, todo } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { idOf, itemIdOf } from './id-of.ts';
import { Setup, SetupFailed } from './setup.ts';

const resource: Resource = {
  name: 'todos',
  create: 'createTodo',
  read: 'getTodo',
  replace: null,
  patch: null,
  remove: null,
  lists: [],
  idParameter: 'id',
  idPointer: '/id',
};

describe('idOf', () => {
  const made = (location?: string) =>
    exchangeOf('POST /todos', 201, { headers: location === undefined ? {} : { location } });

  it('takes the id from the body, else from the Location', () => {
    expect(idOf(resource, made('/todos/8'), { id: 7 })).toBe(7);
    expect(idOf(resource, made('/todos/8'), { id: null })).toBe('8');
    expect(idOf({ ...resource, idPointer: null }, made('http://a/todos/a%20b?x=1#y'), { id: 7 })).toBe('a b');
    expect(idOf(resource, made('/todos/8/'), undefined)).toBe('8');
  });

  it('does not make one up', () => {
    expect(idOf(resource, made(), { title: 'tea' })).toBeUndefined();
    expect(idOf(resource, made(), { id: { deep: 1 } })).toBeUndefined();
  });
});

describe('itemIdOf', () => {
  it('finds the id in an item of a list, wrapped or not', () => {
    expect(itemIdOf(resource, { id: 7 })).toBe(7);
    expect(itemIdOf({ ...resource, idPointer: '/data/id' }, { id: 7 })).toBe(7);
    expect(itemIdOf({ ...resource, idPointer: '/data/id' }, { data: { id: 7 } })).toBe(7);
    expect(itemIdOf({ ...resource, idPointer: null }, { uuid: 'a' })).toBe('a');
    expect(itemIdOf(resource, { name: 'tea' })).toBeUndefined();
  });
});

describe('isIdempotencyKey', () => {
  it('knows the header by its usual names', () => {
    const named = (name: string, place = 'header') => isIdempotencyKey({ in: place, name });
    expect(['Idempotency-Key', 'idempotency-key', 'X-Idempotency-Key'].every((name) => named(name))).toBe(true);
    expect(named('Idempotency-Key', 'query')).toBe(false);
    expect(named('Key')).toBe(false);
  });
});

describe('Setup', () => {
  const setup = (backend: Parameters<typeof contextOf>[1]) => new Setup(contextOf(todo, backend));

  it('makes what a path speaks of, and uses it again', async () => {
    const backend = scripted((line) => (line.startsWith('POST') ? [201, { id: 41 }] : [200, {}]));
    const one = setup(backend);
    expect((await one.request('getTodo')).target).toBe('/todos/41');
    expect((await one.request('getTodo')).target).toBe('/todos/41');
    expect(backend.asked).toEqual(['POST /todos']);
  });

  it('makes without an id what has no address, and nothing of what has one', async () => {
    const json = { 'application/json': { schema: { type: 'object', properties: { name: { type: 'string' } } } } };
    const post = {
      operationId: 'add',
      requestBody: { content: json },
      responses: { 201: { description: '', content: json } },
    };
    const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
    const read = {
      get: { parameters: [id], operationId: 'read', responses: { 200: { description: '', content: json } } },
    };
    const make = (paths: Parameters<typeof contractOf>[0]) =>
      new Setup(
        contextOf(
          contractOf(paths),
          scripted(() => [201, { name: 'x' }]),
        ),
      ).make('users');
    expect(await make({ '/users': { post } })).toMatchObject({ resource: 'users', id: null });
    await expect(make({ '/users': { post }, '/users/{id}': read })).rejects.toThrow('no id of what it made');
  });

  it('reads without conditions, so that the answer holds what there is', async () => {
    const one = setup(scripted(() => [201, { id: 41 }]));
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const { headers = [] } = await one.request('getTodo');
      expect(headers.filter(([name]) => /^if-/i.test(name))).toEqual([]);
    }
  });

  it('asks for a list without options, which may be more than the contract tells', async () => {
    const query = (name: string, required = false) => ({ name, in: 'query', required, schema: { type: 'integer' } });
    const thing = { type: 'object', properties: { id: { type: 'integer' } } };
    const shown = { description: 'ok', content: { 'application/json': { schema: { type: 'array', items: thing } } } };
    const parameters = [query('page'), query('per_page'), query('year', true)];
    const contract = contractOf({
      '/books': { get: { operationId: 'listBooks', parameters, responses: { 200: shown } } },
      '/books/{id}': {
        get: {
          operationId: 'getBook',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          responses: { 200: { description: 'ok', content: { 'application/json': { schema: thing } } } },
        },
      },
    });
    const context = contextOf(
      contract,
      scripted(() => [200]),
    );
    const one = new Setup(context);
    for (let attempt = 0; attempt < 12; attempt += 1)
      expect((await one.request('listBooks')).target).toMatch(/^\/books\?year=-?\d+$/);
  });

  it('does not bind to what was deleted', async () => {
    let id = 0;
    const one = setup(scripted(() => [201, { id: (id += 1) }]));
    const made = await one.make('todos');
    one.forget(made);
    expect((await one.request('getTodo')).target).toBe('/todos/2');
  });

  it('tries again with other values, and gives up with what was answered', async () => {
    const backend = scripted(() => [409, {}]);
    const one = setup(backend);
    await expect(one.make('todos')).rejects.toThrow(/nothing could be created: POST \/todos answered 409/);
    const tries = backend.asked.length;
    expect(tries).toBeGreaterThan(1);
    await expect(one.make('todos')).rejects.toThrow(SetupFailed);
    await expect(one.make('todos')).rejects.toThrow(SetupFailed);
    expect(backend.asked.length, 'what failed twice is not tried a third time').toBe(tries * 2);
  });

  it('does not knock twice on a closed door', async () => {
    const backend = scripted(() => [401, {}]);
    await expect(setup(backend).make('todos')).rejects.toThrow(/identities in assay\.yaml/);
    expect(backend.asked).toHaveLength(1);
  });

  it('gives each request a key of its own', async () => {
    const key = { name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string' } };
    const contract = contractOf({
      '/pay': { post: { operationId: 'pay', parameters: [key], responses: { 201: { description: 'made' } } } },
    });
    const one = new Setup(
      contextOf(
        contract,
        scripted(() => [201, {}]),
      ),
    );
    const keys = [await one.request('pay'), await one.request('pay')].map(({ headers }) => JSON.stringify(headers));
    expect(new Set(keys).size).toBe(2);
    const plain = { operation: 'getTodo', path: {}, query: {}, headers: {}, cookies: {} };
    expect(setup(scripted(() => [200])).freshKey(operationOf(todo, 'getTodo'), plain)).toBe(plain);
  });

  describe('what cannot be made', () => {
    const whole = { type: 'integer' };
    const thing = { type: 'object', properties: { id: whole } };
    const answer = { description: 'ok', content: { 'application/json': { schema: thing } } };
    const id = { name: 'id', in: 'path', required: true, schema: whole };
    const posted = (
      operationId: string,
      properties: Readonly<Record<string, unknown>>,
      required: readonly string[],
    ) => ({
      operationId,
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { type: 'object', properties, required } } },
      },
      responses: { 201: answer },
    });
    const contract = contractOf({
      '/people/{id}': { get: { operationId: 'getPerson', parameters: [id], responses: { 200: answer } } },
      '/cards': { post: posted('addCard', { personId: whole }, []) },
      '/cards/{id}': { get: { operationId: 'getCard', parameters: [id], responses: { 200: answer } } },
      '/teams': { post: posted('addTeam', {}, []) },
      '/teams/{id}': { get: { operationId: 'getTeam', parameters: [id], responses: { 200: answer } } },
      '/players': { post: posted('addPlayer', { teamId: whole }, []) },
      '/matches': { post: posted('addMatch', { teamId: whole }, ['teamId']) },
      '/payments': { post: posted('pay', { cardId: whole }, ['cardId']) },
    } as never);

    it('is not referred to where the contract lets that be left out', async () => {
      const backend = scripted((_line, body) => [
        JSON.stringify(body ?? {}).includes('personId') ? 404 : 201,
        { id: 1 },
      ]);
      const one = new Setup(contextOf(contract, backend));
      for (let turn = 0; turn < 8; turn += 1) expect(await one.make('cards')).toMatchObject({ id: 1 });
    });

    it.each([403, 422])('is left out too where an operation could make it but is refused (%i)', async (refusal) => {
      const backend = scripted((line) => [line === 'POST /teams' ? refusal : 201, { id: 1 }]);
      const one = new Setup(contextOf(contract, backend));
      for (let turn = 0; turn < 8; turn += 1) expect(await one.make('players')).toMatchObject({ id: 1 });
      await expect(one.make('matches')).rejects.toThrow(`POST /teams answered ${refusal}`);
    });

    it('is one that is there, where there may be no more of them', async () => {
      let cards = 0;
      const backend = scripted((line) => (line === 'POST /cards' && (cards += 1) > 1 ? [409] : [201, { id: 1 }]));
      const one = new Setup(contextOf(contract, backend));
      const { id: card } = await one.make('cards');
      const plain = { operation: 'pay', path: {}, query: {}, headers: {}, cookies: {} };
      const request = { ...plain, body: { mediaType: 'application/json', value: { cardId: 0 } } };
      expect((await one.bind(operationOf(contract, 'pay'), request)).body?.value).toEqual({ cardId: card });
    });
  });

  describe('things inside of things', () => {
    const thing = { type: 'object', properties: { id: { type: 'integer' } } };
    const answer = { description: 'ok', content: { 'application/json': { schema: thing } } };
    const at = (...names: readonly string[]) =>
      names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'integer' } }));
    const contract = contractOf({
      '/projects': { post: { operationId: 'makeProject', responses: { 201: answer } } },
      '/projects/{id}': { get: { operationId: 'getProject', parameters: at('id'), responses: { 200: answer } } },
      '/projects/{id}/reports': {
        post: { operationId: 'makeReport', parameters: at('id'), responses: { 201: answer } },
      },
      '/projects/{projectId}/reports/{reportId}': {
        get: { operationId: 'getReport', parameters: at('projectId', 'reportId'), responses: { 200: answer } },
      },
    });

    /** Counts projects from 1 and reports from `from`. */
    function projects(from: number) {
      const next = { projects: 1, reports: from };
      return new Setup(
        contextOf(
          contract,
          scripted((line) => [201, { id: line.endsWith('/reports') ? next.reports++ : next.projects++ }]),
        ),
      );
    }

    it('are looked for where they were made, also when both have one id', async () => {
      const one = projects(1);
      expect((await one.request('getReport')).target).toBe('/projects/1/reports/1');
      await one.make('projects');
      expect((await one.request('getReport')).target).toBe('/projects/1/reports/1');
      expect((await one.request('getReport', { 'path:reportId': 1 })).target).toBe('/projects/1/reports/1');
    });

    it('are made there when none is there', async () => {
      const one = projects(41);
      await one.make('reports');
      const { id } = await one.make('projects');
      expect((await one.request('getReport', { 'path:projectId': id })).target).toBe(`/projects/${id}/reports/42`);
    });
  });
});
