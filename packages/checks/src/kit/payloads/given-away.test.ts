import { type Identity, type Instance, nobody } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { check } from '../../security/mass-assignment.ts';
import { authenticated } from '../identity/authenticated.ts';
import { judged } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf } from '../testing/scripted-for-tests.ts';
import { served } from '../testing/served-for-tests.ts';

const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const title = { type: 'string' };
const note = {
  type: 'object',
  properties: { id: { type: 'integer', readOnly: true }, title, ownerId: { type: 'integer', readOnly: true } },
};
const shown = { description: 'one', content: { 'application/json': { schema: note } } };
const taken = {
  required: true,
  content: { 'application/json': { schema: { type: 'object', required: ['title'], properties: { title } } } },
};
const none = { description: 'none' };
const contract = contractOf({
  '/notes': { post: { operationId: 'create', requestBody: taken, responses: { '201': shown } } },
  '/notes/{id}': {
    get: { operationId: 'read', parameters: [id], responses: { '200': shown, '404': none } },
    patch: { operationId: 'change', parameters: [id], requestBody: taken, responses: { '200': shown, '404': none } },
  },
});

type Row = Record<string, unknown>;

function person(name: string, own: number): Identity {
  const headers = [['authorization', `Bearer ${own}`]] as const;
  const profile = { id: own };
  return {
    name,
    role: null,
    login: name,
    password: 'p',
    headers,
    query: [],
    token: String(own),
    exchanges: [],
    profile,
  };
}
const [ann, bob] = [person('ann', 7001), person('bob', 7002)];

/**
 * What is told of a backend in memory that shows a note to its owner alone.
 * @param take what of a body goes into a row. @param mayRead who else may read a note
 */
async function told(
  take: (body: Row, row: Row) => Row,
  mayRead: (row: Row, caller: number) => boolean = ({ ownerId }, caller) => ownerId === caller,
) {
  const rows = new Map<string, Row>();
  const backend = await served(({ method, path, json, request }, response) => {
    const send = (status: number, body: unknown): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const caller = Number(request.headers.authorization?.slice('Bearer '.length));
    const stored = rows.get(path.split('/')[2] ?? '');
    if (method !== 'POST' && (stored === undefined || !mayRead(stored, caller))) return send(404, {});
    if (method === 'GET') return send(200, stored);
    const row = stored ?? { id: rows.size + 1, ownerId: caller };
    const next = { ...row, ...take(json, row) };
    rows.set(String(next.id), next);
    send(method === 'POST' ? 201 : 200, next);
  });
  const sending: Instance = {
    ...backend,
    send: async (spec, options) => backend.send(spec.as === null ? spec : authenticated(spec, spec.as ?? ann), options),
  };
  const identities = { ...nobody, another: async () => bob };
  return judged(check, await check.probe(contextOf(contract, sending, { identities })), contract);
}

describe('a thing that is given away by its owner’s id', () => {
  it('is found, though whoever wrote it may not read it any more', async () => {
    const { findings } = await told((body) => body);
    expect(findings.map(({ key }) => key)).toEqual(expect.arrayContaining(['create ownerId', 'change ownerId']));
  });

  it('is found where one operation takes it, with a 404 for whoever wrote it', async () => {
    const { findings } = await told(({ title: text, ownerId }, row) => ({
      title: text,
      ...(row['title'] === undefined || ownerId === undefined ? {} : { ownerId }),
    }));
    expect(findings).toMatchObject([{ key: 'change ownerId' }]);
  });

  it('is none where the id is ignored', async () => {
    expect(await told(({ title: text }) => ({ title: text }))).toMatchObject({
      status: 'passed',
      reason: expect.stringMatching(/0 refused, the others ignored$/),
    });
  });

  it('is none where it is hidden from whoever wrote it and stays theirs', async () => {
    const { status, reason } = await told(
      ({ title: text, ownerId }) => ({ title: text, hidden: ownerId !== undefined }),
      ({ ownerId, hidden }, caller) => (hidden === true ? caller === 7002 : ownerId === caller),
    );
    expect({ status, reason }).toEqual({
      status: 'passed',
      reason: expect.stringContaining('0 refused, the others ignored'),
    });
  });

  it('is not said to be ignored where nobody could look', async () => {
    const { status, reason } = await told(
      ({ title: text, ownerId }) => ({ title: text, hidden: ownerId !== undefined }),
      ({ ownerId, hidden }, caller) => hidden !== true && ownerId === caller,
    );
    expect({ status, reason }).toEqual({
      status: 'passed',
      reason: expect.stringContaining('2 taken by what could not be read afterwards, the others ignored'),
    });
  });
});
