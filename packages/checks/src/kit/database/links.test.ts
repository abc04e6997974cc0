import { isJsonObject, type Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { Setup } from '../setup/setup.ts';
import { object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { makeLinks } from './links.ts';

const id = { type: 'integer' };
const at = (...names: readonly string[]) => names.map((name) => ({ name, in: 'path', required: true, schema: id }));
const named = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const making = (operationId: string, takes: Json, name: string) => ({
  operationId,
  requestBody: taken(takes),
  responses: { '201': said(named(name)) },
});
const reading = (operationId: string, name: string) => ({ operationId, responses: { '200': said(named(name)) } });
const word = object({ name: text });
const contract = contractOf(
  {
    '/stores': { post: making('makeStore', word, 'Store') },
    '/stores/{storeId}': { parameters: at('storeId'), get: reading('readStore', 'Store') },
    '/items': { post: making('makeItem', object({ name: text, storeId: id }), 'Item') },
    '/items/{itemId}': { parameters: at('itemId'), get: reading('readItem', 'Item') },
    '/stores/{storeId}/tags': { parameters: at('storeId'), post: making('makeTag', word, 'Tag') },
    '/tags/{tagId}': { parameters: at('tagId'), get: reading('readTag', 'Tag') },
    '/items/{itemId}/tags/{tagId}': {
      parameters: at('itemId', 'tagId'),
      post: { operationId: 'link', responses: { '201': said() } },
      delete: { operationId: 'unlink', responses: { '204': said() } },
    },
  } as Json,
  Object.fromEntries(['Store', 'Item', 'Tag'].map((name) => [name, object({ id, name: text })])) as Json,
);

function store(isOpen: boolean) {
  let made = 0;
  const home = new Map<string, string>();
  const links = new Set<string>();
  const backend = scripted((line, body) => {
    const [, path = ''] = line.split(' ');
    const [, item, tag] = /^\/items\/(\d+)\/tags\/(\d+)$/.exec(path) ?? [];
    if (item !== undefined && tag !== undefined) {
      if (!isOpen || home.get(`item ${item}`) !== home.get(`tag ${tag}`)) return [400];
      links.add(`${item} ${tag}`);
      return [201];
    }
    made += 1;
    if (path === '/items') home.set(`item ${made}`, String(isJsonObject(body) ? body['storeId'] : ''));
    else home.set(`tag ${made}`, path.split('/')[2] ?? '');
    return [201, { id: made }];
  });
  return { backend, links };
}

it('links each of some things with each of others, in one place', async () => {
  const { backend, links } = store(true);
  const context = contextOf(contract, backend);
  const setup = new Setup(context);
  await setup.make('stores');
  await makeLinks(context, setup);
  expect(links.size).toBe(16);
  expect(backend.asked.filter((line) => line.startsWith('DELETE'))).toEqual([]);
});

it('leaves it where nothing is linked', async () => {
  const { backend } = store(false);
  const context = contextOf(contract, backend);
  await makeLinks(context, new Setup(context));
  expect(backend.asked.filter((line) => /^POST \/items\/\d+/.test(line))).toHaveLength(4);
});
