import { isJsonObject, type Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { firstOf, todo } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { askList, fillableLists } from './fill.ts';
import { Setup } from './setup.ts';

const object = { type: 'object', properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string' } } };
const content = (schema: Json) => ({ 'application/json': { schema } });
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };

const making = (operationId: string, schema: Json): Json => ({
  operationId,
  requestBody: { required: true, content: content(schema) },
  responses: { 201: { description: 'made', content: content(object) } },
});

/** Posts, and the comments of one. */
const nested = contractOf({
  '/posts': {
    post: {
      operationId: 'createPost',
      requestBody: { required: true, content: content(object) },
      responses: { 201: { description: 'made', content: content(object) } },
    },
  },
  '/posts/{id}/comments': {
    parameters: [id],
    get: {
      operationId: 'listComments',
      responses: { 200: { description: 'ok', content: content({ type: 'array', items: object }) } },
    },
    post: {
      operationId: 'createComment',
      requestBody: { required: true, content: content(object) },
      responses: { 201: { description: 'made', content: content(object) } },
    },
  },
});

describe('fillableLists', () => {
  it('fills a list through its own create, and asks for it without filters', async () => {
    let rows = 0;
    const backend = scripted((line) =>
      line.startsWith('POST') ? [201, { id: (rows += 1) }] : [200, { items: [], next: null }],
    );
    const context = contextOf(todo, backend);
    const setup = new Setup(context);
    const { lists, trouble } = await fillableLists(context, setup);
    expect(trouble).toBeNull();
    const todos = firstOf(lists.filter(({ list }) => list.operation === 'listTodos'));
    expect(await todos.fill(5)).toBe(5);
    expect(rows).toBe(5);
    expect(todos.trouble()).toBeNull();
    expect((await askList(setup, todos, 2)).items).toBe(0);
    expect(backend.asked.at(-1)).toBe('GET /todos?limit=2');
    await askList(setup, todos, null);
    expect(backend.asked.at(-1)).toBe('GET /todos');
  });

  it('fills the list of one thing with things that belong to it', async () => {
    let rows = 0;
    const backend = scripted(() => [201, { id: (rows += 1) }]);
    const context = contextOf(nested, backend);
    const { lists } = await fillableLists(context, new Setup(context));
    const comments = firstOf(lists.filter(({ list }) => list.operation === 'listComments'));
    expect(comments.request.target).toBe('/posts/1/comments');
    await comments.fill(3);
    expect(backend.asked.filter((line) => line === 'POST /posts/1/comments')).toHaveLength(3);
  });

  it('refers to other things with every second row when asked to, for as long as they are accepted', async () => {
    const library = contractOf({
      '/authors': { post: making('createAuthor', object) },
      '/books': {
        post: making('createBook', {
          ...object,
          required: ['authorId'],
          properties: { ...object.properties, authorId: { type: 'integer' } },
        }),
        get: {
          operationId: 'listBooks',
          responses: { 200: { description: 'ok', content: content({ type: 'array', items: object }) } },
        },
      },
      '/authors/{id}': {
        get: { parameters: [id], responses: { 200: { description: 'ok', content: content(object) } } },
      },
    });
    const fill = async (how: 'apart' | undefined, mostAuthors = 99): Promise<Set<Json | undefined>> => {
      let rows = 0;
      const named: (Json | undefined)[] = [];
      const backend = scripted((line, body) => {
        const authorId = isJsonObject(body) ? body['authorId'] : undefined;
        if (line === 'POST /books' && Number(authorId) > mostAuthors) return [409];
        if (line === 'POST /books') named.push(authorId);
        return [201, { id: line === 'POST /books' ? 7 : (rows += 1) }];
      });
      const context = contextOf(library, backend);
      const { lists } = await fillableLists(context, new Setup(context));
      await firstOf(lists).fill(8, how);
      expect(named).toHaveLength(8);
      return new Set(named);
    };
    expect(await fill(undefined)).toEqual(new Set([1]));
    expect(await fill('apart')).toEqual(new Set([1, 2, 3, 4]));
    expect(await fill('apart', 2)).toEqual(new Set([1, 2]));
  });

  it('does so for the list of one thing too, but never refers to others of what the list belongs to', async () => {
    const contract = contractOf({
      '/posts': { post: making('createPost', object) },
      '/writers': { post: making('createWriter', object) },
      '/writers/{id}': {
        get: { parameters: [id], responses: { 200: { description: 'ok', content: content(object) } } },
      },
      '/posts/{id}/comments': {
        parameters: [id],
        get: {
          operationId: 'listComments',
          responses: { 200: { description: 'ok', content: content({ type: 'array', items: object }) } },
        },
        post: making('createComment', {
          ...object,
          required: ['writerId'],
          properties: { ...object.properties, writerId: { type: 'integer' } },
        }),
      },
    });
    let rows = 0;
    const backend = scripted(() => [201, { id: (rows += 1) }]);
    const context = contextOf(contract, backend);
    const { lists } = await fillableLists(context, new Setup(context));
    const comments = firstOf(lists.filter(({ list }) => list.operation === 'listComments'));
    await comments.fill(8, 'apart');
    const times = (line: string): number => backend.asked.filter((one) => one === line).length;
    expect(times('POST /writers')).toBeGreaterThanOrEqual(4);
    expect(times('POST /posts')).toBe(1);
  });

  it('does not take a list for one that stays as it is where the backend shows no more of it', async () => {
    const reading = (operationId: string): Json => ({
      operationId,
      responses: { 200: { description: 'ok', content: content({ type: 'array', items: object }) } },
    });
    const one = { get: { parameters: [id], responses: { 200: { description: 'ok', content: content(object) } } } };
    const referring = (name: string): Json => ({
      ...object,
      required: [name],
      properties: { ...object.properties, [name]: { type: 'integer' } },
    });
    const contract = contractOf({
      '/authors': { post: making('createAuthor', object) },
      '/authors/{id}': one,
      '/books': { post: making('createBook', referring('authorId')) },
      '/books/{id}': one,
      '/loans': { post: making('createLoan', referring('bookId')), get: reading('listLoans') },
    });
    const authors = async (there: number): Promise<number> => {
      let [rows, loans] = [100, there];
      const backend = scripted((line) => {
        if (line === 'POST /loans') loans += 1;
        if (line.startsWith('POST')) return [201, { id: (rows += 1) }];
        return [200, Array.from({ length: Math.min(20, loans) }, () => ({ id: 1 }))];
      });
      const context = contextOf(contract, backend);
      const { lists } = await fillableLists(context, new Setup(context));
      expect(await firstOf(lists).fill(6, 'apart')).toBe(6);
      return backend.asked.filter((line) => line === 'POST /authors').length;
    };
    expect(await authors(0)).toBe(3);
    expect(await authors(20)).toBe(3);
  });

  it('has a list of what is made in many other things', async () => {
    const kinds = Array.from(
      { length: 40 },
      (_, at) => `${String.fromCodePoint(97 + (at % 26))}${at < 26 ? 'la' : 'mo'}`,
    );
    const named = kinds.map((kind) => [`${kind}Id`, { type: 'integer' }]);
    const one = { get: { parameters: [id], responses: { 200: { description: 'ok', content: content(object) } } } };
    const contract = contractOf({
      ...Object.fromEntries(
        kinds.flatMap((kind) => [
          [`/${kind}s`, { post: making(`make-${kind}`, object) }],
          [`/${kind}s/{id}`, one],
        ]),
      ),
      '/orders': { post: making('order', { ...object, properties: Object.fromEntries(named) }) },
      '/orders/{id}/lines': {
        parameters: [id],
        get: {
          operationId: 'listLines',
          responses: { 200: { description: 'ok', content: content({ type: 'array', items: object }) } },
        },
        post: making('addLine', object),
      },
    });
    const context = contextOf(
      contract,
      scripted(() => [201, { id: 1 }]),
    );
    expect(context.shape.bindings['order']).toHaveLength(kinds.length);
    expect((await fillableLists(context, new Setup(context))).lists).toHaveLength(1);
  });

  it('stays with what says all once that alone is accepted', async () => {
    const names = ['a', 'b', 'c', 'd', 'number'];
    const texts = names.slice(0, 4).map((name) => [name, { type: 'string', minLength: 3 }]);
    const wide: Json = {
      type: 'object',
      properties: { ...Object.fromEntries(texts), number: { type: 'integer' } },
    };
    const contract = contractOf({
      '/rows': {
        get: {
          operationId: 'listRows',
          responses: { 200: { description: 'ok', content: content({ type: 'array', items: wide }) } },
        },
        post: making('createRow', wide),
      },
    });
    let refused = 0;
    const backend = scripted((_line, body) => {
      const isWhole = isJsonObject(body) && names.every((name) => name in body);
      if (!isWhole) refused += 1;
      return isWhole ? [201, { id: 1 }] : [500];
    });
    const context = contextOf(contract, backend);
    const { lists } = await fillableLists(context, new Setup(context));
    expect(await firstOf(lists).fill(60)).toBe(60);
    expect(refused).toBeLessThan(10);
  });

  it('says why a list could not be made longer, and stops at a closed door', async () => {
    const backend = scripted(() => [401, {}]);
    const context = contextOf(todo, backend);
    const { lists } = await fillableLists(context, new Setup(context));
    const todos = firstOf(lists.filter(({ list }) => list.operation === 'listTodos'));
    const before = backend.asked.length;
    expect(await todos.fill(5)).toBe(0);
    expect(todos.trouble()).toContain('POST /todos answered 401');
    expect(backend.asked.length).toBe(before + 1);
  });
});
