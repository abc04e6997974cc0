import type { Json } from '@assay/contract';
import { expect, it } from 'vitest';
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
