import { expect, it } from 'vitest';
import { check } from '../../security/object-authorization.ts';
import { object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { judged } from '../testing/recordings-for-tests.ts';
import { served } from '../testing/served-for-tests.ts';
import { contextOfPeople, contractOfPeople } from './people-for-tests.ts';
import { raisedFellow } from './raised-fellow.ts';

const role = { type: 'string', enum: ['viewer', 'member', 'admin'] };
const id = (name: string) => ({ name, in: 'path', required: true, schema: text });
const workspace = object({ id: text, title: text });

const contractWith = (words: string) =>
  contractOfPeople(
    {
      '/workspaces': {
        post: {
          operationId: 'createWorkspace',
          requestBody: taken(object({ title: text })),
          responses: { '201': said(workspace) },
        },
      },
      '/workspaces/{id}': {
        parameters: [id('id')],
        get: { operationId: 'getWorkspace', responses: { '200': said(workspace), '404': said() } },
        patch: {
          operationId: 'changeWorkspace',
          requestBody: taken(object({ title: text })),
          responses: { '200': said(workspace), '403': said() },
        },
      },
      '/workspaces/{id}/members': {
        parameters: [id('id')],
        post: {
          operationId: 'addMember',
          requestBody: taken(object({ email: { ...text, format: 'email' }, role })),
          responses: { '201': said(object({ userId: text, role })), '403': said() },
        },
      },
      '/workspaces/{id}/members/{userId}': {
        parameters: [id('id'), id('userId')],
        patch: {
          operationId: 'setRole',
          description: words,
          requestBody: taken(object({ role })),
          responses: { '200': said(object({ userId: text, role })), '403': said() },
        },
      },
    },
    object({ id: text, email: text }),
  );

interface Flaws {
  /** What comes of it that a viewer sends another role. */
  readonly roles?: 'set' | 'told';
  /** Viewers change the workspace anyhow. */
  readonly open?: boolean;
}

/** What is told of workspaces, in each of which people have roles. */
async function told({ roles, open = false }: Flaws, words = 'Admins set roles.') {
  const contract = contractWith(words);
  const people = new Map<string, string>();
  const workspaces = new Map<string, Map<string, string>>();
  const backend = await served(({ method, path, json, request }, response) => {
    const answer = (status: number, value: unknown = {}) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    const email = String(json['email']);
    if (path === '/register') {
      people.set(email, `u${people.size + 1}`);
      return answer(201, { id: people.get(email), email });
    }
    if (path === '/login') return answer(200, { token: `token of ${people.get(email)}` });
    const me = (request.headers.authorization ?? '').replace(/^.*token of /, '');
    const [, , which, , whose = ''] = path.split('/');
    if (which === undefined) {
      workspaces.set(`w${workspaces.size + 1}`, new Map([[me, 'owner']]));
      return answer(201, { id: `w${workspaces.size}`, title: json['title'] });
    }
    const members = workspaces.get(which);
    const mine = members?.get(me);
    if (members === undefined || mine === undefined) return answer(404);
    const rules = mine === 'owner' || mine === 'admin';
    if (method === 'GET') return answer(200, { id: which });
    if (!path.includes('/members')) return rules || open ? answer(200, { id: which }) : answer(403);
    if (method === 'POST') {
      if (!rules) return answer(403);
      const one = people.get(email) ?? '';
      members.set(one, String(json['role']));
      return answer(201, { userId: one, role: json['role'] });
    }
    if (!rules && roles === undefined) return answer(403);
    if (rules || roles === 'set') members.set(whose, String(json['role']));
    return answer(200, { userId: whose, role: json['role'] });
  });
  const context = contextOfPeople(contract, backend);
  return { context, contract };
}

async function keysOf(...[flaws, words]: Parameters<typeof told>): Promise<readonly string[]> {
  const { context, contract } = await told(flaws, words);
  const { findings } = judged(check, await check.probe(context), contract);
  return findings.map(({ key }) => key);
}

it('finds a viewer who makes an admin of themselves in another one’s workspace', async () => {
  expect(await keysOf({ roles: 'set' })).toEqual(['setRole raise']);
});

it('tells of the refusal where only those who rule it set roles', async () => {
  const { context } = await told({});
  expect(await raisedFellow(context)).toMatchObject([
    {
      operation: 'setRole',
      grounds: [],
      exchange: { response: { status: 403 } },
      owner: { response: { status: 200 } },
    },
  ]);
  expect(await keysOf({})).toEqual([]);
});

it('says nothing where no more may be done with the role, or the contract leaves it to everybody', async () => {
  expect(await keysOf({ roles: 'told' })).toEqual([]);
  expect(await keysOf({ roles: 'set', open: true })).toEqual([]);
  expect(await keysOf({ roles: 'set' }, 'Any member may do that.')).toEqual([]);
});
