import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { Setup, SetupFailed } from './setup.ts';

const text = { type: 'string', minLength: 8 };
const thing = { type: 'object', required: ['name'], properties: { name: text } };
const json = (schema: Json): Json => ({ 'application/json': { schema } });
const contract = contractOf({
  '/things': {
    get: {
      operationId: 'listThings',
      responses: { '200': { description: '', content: json({ type: 'array', items: { ...thing } }) } },
    },
    post: {
      operationId: 'makeThing',
      requestBody: { required: true, content: json(thing) },
      responses: { '201': { description: 'made' } },
    },
  },
  '/things/{id}': {
    delete: {
      operationId: 'dropThing',
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      responses: { '204': { description: 'gone' } },
    },
  },
});

/** Answers a creation without an id; the list shows `shown` of what was made. */
function backend(shown: (name: Json) => Json) {
  const made: Json[] = [];
  return scripted((line, body) => {
    if (line.startsWith('GET')) return [200, [{ id: 3, name: 'another thing' }, ...made]];
    made.push(shown((body as Readonly<Record<string, Json>>)['name'] ?? null));
    return [201];
  });
}

it('finds the id of what was made in the list, where the answer has none', async () => {
  const setup = new Setup(
    contextOf(
      contract,
      backend((name) => ({ id: 7, name })),
    ),
  );
  expect(await setup.make('things')).toMatchObject({ id: 7 });
});

it('takes nothing for it that has other values', async () => {
  const setup = new Setup(
    contextOf(
      contract,
      backend(() => ({ id: 7, name: 'something else' })),
    ),
  );
  await expect(setup.make('things')).rejects.toThrow(SetupFailed);
});

describe('a list in pages', () => {
  const integer = { type: 'integer' };
  const listed = json({ type: 'array', items: thing });
  const paged = contractOf({
    '/things': {
      get: {
        operationId: 'listThings',
        parameters: ['page', 'per_page'].map((name) => ({ name, in: 'query', schema: integer })),
        responses: { '200': { description: '', content: listed } },
      },
      post: {
        operationId: 'makeThing',
        requestBody: { required: true, content: json(thing) },
        responses: { '201': { description: 'made' } },
      },
    },
    '/things/{id}': {
      delete: {
        operationId: 'dropThing',
        parameters: [{ name: 'id', in: 'path', required: true, schema: integer }],
        responses: { '204': { description: 'gone' } },
      },
    },
  });

  /** Holds so many things already, and shows the newest last. */
  function full(count: number) {
    const all: Json[] = Array.from({ length: count }, (_, index) => ({ id: index + 1, name: `thing ${index}` }));
    return scripted((line, body) => {
      if (line.startsWith('POST')) {
        all.push({ id: all.length + 1, ...(body as object) });
        return [201];
      }
      const query = new URLSearchParams(line.split('?')[1]);
      const [page, length] = [Number(query.get('page') ?? 1), Number(query.get('per_page') ?? 20)];
      return length > 100 ? [400] : [200, all.slice((page - 1) * length, page * length)];
    });
  }

  it('is read to its end, where the newest stand last', async () => {
    expect(await new Setup(contextOf(paged, full(250))).make('things')).toMatchObject({ id: 251 });
  });

  it('is not read page by page a second time when that was in vain', async () => {
    const backend = full(3000);
    const setup = new Setup(contextOf(paged, backend));
    await expect(setup.make('things')).rejects.toThrow(SetupFailed);
    const first = backend.asked.length;
    await expect(setup.make('things')).rejects.toThrow(SetupFailed);
    expect(first).toBeGreaterThan(10);
    expect(backend.asked.length - first).toBe(2);
  });
});
