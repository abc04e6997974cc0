import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '@assay/contract';
import { expect, test } from 'vitest';
import { object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { served } from '../testing/served-for-tests.ts';
import { contextOfPeople, contractOfPeople, twoPeople } from './people-for-tests.ts';
import { trespasses } from './trespass.ts';

const link = object({ id: { type: 'string', format: 'uuid' }, url: text, visibility: text });
const id = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string', format: 'uuid' } });

/** Links that people make, with what else is done with one. */
function contractOf(readSecurity: Json | undefined, more: JsonObject = {}) {
  return contractOfPeople(
    {
      '/links': {
        post: {
          operationId: 'createLink',
          requestBody: taken(object({ url: text })),
          responses: { '201': said(link) },
        },
        get: { operationId: 'listLinks', responses: { '200': said({ type: 'array', items: link }) } },
      },
      '/links/{id}': {
        parameters: [id('id')],
        get: {
          operationId: 'getLink',
          ...(readSecurity === undefined ? {} : { security: readSecurity }),
          responses: { '200': said(link), '404': said() },
        },
        delete: { operationId: 'deleteLink', responses: { '204': said() } },
      },
      ...more,
    },
    object({ id: text }),
  );
}

interface Link {
  readonly id: string;
  readonly visibility: string;
  readonly owner: string;
}

/**
 * What the other one did with what the owner made, on a backend in which everybody reads a link by its id and only its owner deletes it.
 * @param visibilities of the links, in turns; the public ones are listed for everybody
 */
async function tried(contract: ReturnType<typeof contractOf>, visibilities: readonly string[] = ['plain']) {
  const links = new Map<string, Link>();
  const people = new Map<string, string>();
  const backend = await served(({ method, path, json, request }, response) => {
    const answer = (status: number, value?: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value ?? {}));
    if (path === '/register') {
      people.set(`token of ${String(json['email'])}`, randomUUID());
      return answer(201, { id: [...people.values()].at(-1) });
    }
    if (path === '/login') return answer(200, { token: `token of ${String(json['email'])}` });
    const owner = (request.headers.authorization ?? '').replace('Bearer ', '');
    const [, kind, which = '', under] = path.split('/');
    if (kind === 'register' && under === 'posts') return answer(200, [{ id: which, text: 'for all' }]);
    if (kind === 'register') return people.get(owner) === which ? answer(200, { id: which }) : answer(404);
    if (path === '/labels') return answer(500);
    if (path === '/links' && method === 'GET')
      return answer(
        200,
        [...links.values()].filter((one) => one.owner === owner || one.visibility === 'public'),
      );
    if (path === '/links') {
      const visibility = visibilities[links.size % visibilities.length] ?? '';
      const made = { ...json, id: randomUUID(), visibility, owner };
      links.set(made.id, made);
      return answer(201, made);
    }
    const found = links.get(which);
    if (found === undefined) return answer(404);
    if (method === 'DELETE' && found.owner !== owner) return answer(404);
    return answer(200, found);
  });
  const context = contextOfPeople(contract, backend);
  const result = await trespasses(context, ...(await twoPeople(context)));
  const grounds = (operation: string) =>
    new Set(result.tried.filter((one) => one.operation === operation).flatMap((one) => one.grounds));
  return { ...result, grounds, operations: new Set(result.tried.map(({ operation }) => operation)) };
}

test('takes what stands in its owner’s list alone for theirs', async () => {
  const { grounds } = await tried(contractOf(undefined));
  expect(grounds('getLink')).toEqual(new Set(['list']));
  expect(grounds('deleteLink')).toEqual(new Set(['list']));
});

test('leaves alone what the contract opens to everybody', async () => {
  const answers = {
    '/links/{id}/answers': {
      parameters: [id('id')],
      post: { operationId: 'answer', security: [], requestBody: taken(object({ text })), responses: { '201': said() } },
    },
  };
  const { operations } = await tried(contractOf([], answers));
  expect(operations).toEqual(new Set(['deleteLink']));
  // Where one may be signed in, what is shown may depend on who asks.
  expect((await tried(contractOf([{}, { bearer: [] }]))).operations).toContain('getLink');
});

test('takes what is missing in a list that shows others for unlisted, unless it calls itself closed', async () => {
  const unlisted = await tried(contractOf(undefined), ['public', 'unlisted']);
  expect(unlisted.grounds('getLink')).toEqual(new Set());
  expect(unlisted.grounds('deleteLink')).toEqual(new Set(['list']));
  const closed = await tried(contractOf(undefined), ['public', 'private']);
  expect(closed.grounds('getLink')).toEqual(new Set(['list']));
});

test('takes what calls itself open for open to readers, and to nobody else', async () => {
  const plain = contractOf(undefined);
  const refusing = plain.operations.map((one) => {
    const refusals = one.responses.slice(0, 1).map((said) => ({ ...said, status: '403', description: 'Not your own' }));
    return one.id === 'getLink' ? { ...one, responses: [...one.responses, ...refusals] } : one;
  });
  const contract = { ...plain, operations: refusing };
  const open = await tried(contract, ['unlisted']);
  expect(open.grounds('getLink')).toEqual(new Set());
  expect(open.grounds('deleteLink')).toEqual(new Set(['list']));
  expect((await tried(contract, ['private'])).grounds('getLink')).toEqual(new Set(['list', 'contract']));
});

test('takes the word of the contract that anybody may read, also for what stands under the thing', async () => {
  const plain = contractOf(undefined, {
    '/links/{id}/visits': { parameters: [id('id')], get: { operationId: 'getVisits', responses: { '200': said() } } },
  });
  const summary = 'Any signed-in user may read it by its id.';
  const operations = plain.operations.map((one) => (one.id === 'getLink' ? { ...one, summary } : one));
  const { grounds } = await tried({ ...plain, operations });
  expect(grounds('getLink')).toEqual(new Set());
  expect(grounds('getVisits')).toEqual(new Set());
  expect((await tried(plain)).grounds('getVisits')).toEqual(new Set(['list']));
});

test('asks the other operations where one cannot be', async () => {
  const label = object({ id: { type: 'string', format: 'uuid' }, name: text });
  const labels = {
    '/labels': {
      post: {
        operationId: 'createLabel',
        requestBody: taken(object({ name: text })),
        responses: { '201': said(label) },
      },
    },
    '/labels/{labelId}': {
      parameters: [id('labelId')],
      get: { operationId: 'getLabel', responses: { '200': said(label) } },
    },
    '/links/{id}/labels/{labelId}': {
      parameters: [id('id'), id('labelId')],
      put: { operationId: 'label', responses: { '204': said() } },
    },
  };
  const { operations, trouble } = await tried(contractOf(undefined, labels));
  expect(operations).toEqual(new Set(['getLink', 'deleteLink']));
  expect(trouble).toContain('POST /labels answered 500');
});

test('takes the account that is closed for no sign that what it shows others is', async () => {
  const post = { type: 'array', items: object({ id: text, text }) };
  const person = object({ id: { type: 'string', format: 'uuid' } });
  const accounts = {
    '/register/{id}': {
      parameters: [id('id')],
      get: { operationId: 'getPerson', responses: { '200': said(person), '404': said() } },
      delete: { operationId: 'deletePerson', responses: { '204': said(), '404': said() } },
    },
    '/register/{id}/posts': {
      parameters: [id('id')],
      get: { operationId: 'listPosts', responses: { '200': said(post) } },
    },
  };
  const { operations, grounds } = await tried(contractOf(undefined, accounts));
  expect(operations).toContain('listPosts');
  expect(grounds('listPosts')).toEqual(new Set());
  expect(grounds('deletePerson')).toEqual(new Set(['hidden']));
});
