import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, contractOf } from '../kit/testing/scripted-for-tests.ts';
import { type Asked, served } from '../kit/testing/served-for-tests.ts';
import { check } from './mass-assignment.ts';

const shown = {
  type: 'object',
  properties: {
    id: { type: 'integer', readOnly: true },
    title: { type: 'string' },
    role: { type: 'string', enum: ['reader', 'admin'], readOnly: true },
    active: { type: 'boolean', readOnly: true },
    balance: { type: 'integer', readOnly: true },
    createdAt: { type: 'string', format: 'date-time', readOnly: true },
  },
};
const answer = { description: 'ok', content: { 'application/json': { schema: shown } } };
const taken = (properties: Json) => ({
  required: true,
  content: { 'application/json': { schema: { type: 'object', required: ['title'], properties } } },
});
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const contract = contractOf({
  '/members': {
    post: { operationId: 'create', requestBody: taken({ title: { type: 'string' } }), responses: { '201': answer } },
  },
  '/members/{id}': {
    get: { operationId: 'read', parameters: [id], responses: { '200': answer, '404': { description: 'none' } } },
    patch: {
      operationId: 'change',
      parameters: [id],
      requestBody: taken({ title: { type: 'string' } }),
      responses: { '200': answer },
    },
  },
});

type Row = Record<string, unknown>;

/** @param take what of a body goes into a row. @param answers what a write answers with */
async function answeredBy(
  take: (body: Row, method: string) => Row | null,
  answers: (row: Row, body: Row) => Row = (row) => row,
) {
  const rows = new Map<string, Row>();
  const backend = await served(({ method, path, json }, response) => {
    const send = (status: number, body: unknown): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const stored = rows.get(path.split('/')[2] ?? '');
    if (method === 'GET') return stored === undefined ? send(404, {}) : send(200, stored);
    const change = take(json, method);
    if (change === null) return send(400, {});
    const made = {
      id: rows.size + 1,
      role: 'reader',
      roles: ['reader'],
      active: true,
      balance: 0,
      createdAt: new Date().toISOString(),
    };
    const row = { ...(stored ?? made), ...change };
    rows.set(String(row.id), row);
    send(method === 'POST' ? 201 : 200, answers(row, json));
  });
  return judged(check, await check.probe(contextOf(contract, backend)), contract);
}

describe(check.id, () => {
  it('passes a recording of a reference and fails one of a mutant', () => {
    expect(judged(check, recorded(check, 'pass')).status).toBe('passed');
    expect(judged(check, recorded(check, 'fail')).status).toBe('failed');
  });

  it('finds everything that a whole body sets', async () => {
    const told = await answeredBy((body) => body);
    expect(told.findings.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['create role', 'create active', 'create balance', 'create createdAt', 'change role']),
    );
  });

  it('finds one property of one operation', async () => {
    const told = await answeredBy(({ title, role }, method) =>
      method === 'PATCH' && role !== undefined ? { title, role } : { title },
    );
    expect(told.findings).toMatchObject([{ key: 'change role' }]);
  });

  it('finds a list of roles that takes one more', async () => {
    const told = await answeredBy(({ title, roles }) => (roles === undefined ? { title } : { title, roles }));
    expect(told.findings).toMatchObject([{ key: 'create roles' }, { key: 'change roles' }]);
  });

  it('finds it in what there is only one of, where the value stays', async () => {
    const profile = contractOf({
      '/me': {
        get: { operationId: 'me', responses: { '200': answer } },
        patch: {
          operationId: 'changeMe',
          requestBody: taken({ title: { type: 'string' } }),
          responses: { '200': answer },
        },
      },
    });
    let me: Row = { id: 1, role: 'reader', title: 'a' };
    const backend = await served(({ method, json }, response) => {
      if (method === 'PATCH') me = { ...me, ...(json['role'] === undefined ? {} : { role: json['role'] }) };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(me));
    });
    const told = judged(check, await check.probe(contextOf(profile, backend)), profile);
    expect(told.findings).toMatchObject([{ key: 'changeMe role' }]);
    expect(me['role']).toBe('reader');
  });

  it('passes what is ignored, what is refused, and what only the answer repeats', async () => {
    expect(await answeredBy(({ title }) => ({ title }))).toMatchObject({
      status: 'passed',
      reason: expect.stringContaining('that 2 operations did not offer sent along; 0 refused'),
    });
    expect((await answeredBy((body) => (Object.keys(body).length > 1 ? null : body))).status).toBe('passed');
    expect(
      (
        await answeredBy(
          ({ title }) => ({ title }),
          (row, body) => ({ ...row, ...body, id: row['id'] }),
        )
      ).status,
    ).toBe('passed');
  });

  it('passes what a write changes by itself', async () => {
    const told = await answeredBy(({ title }, method) => ({ title, ...(method === 'PATCH' ? { active: false } : {}) }));
    expect(told.status).toBe('passed');
  });

  /** What a run of a backend finds, with requests that differ from one seed to the next. */
  async function foundBy(paths: Json, answers: (asked: Asked, rows: Map<string, Row>) => Row): Promise<string[]> {
    const found: string[] = [];
    for (let seed = 1; seed <= 12; seed += 1) {
      const rows = new Map<string, Row>();
      const backend = await served((asked, response) => {
        const row = answers(asked, rows);
        rows.set(String(row['id']), row);
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(row));
      });
      const read = contractOf(paths);
      const context = contextOf(read, backend);
      const told = judged(check, await check.probe({ ...context, random: { ...context.random, seed } }), read);
      found.push(...told.findings.map(({ key }) => key));
    }
    return found;
  }

  const post = {
    type: 'object',
    required: ['id', 'title', 'status'],
    properties: {
      id: { type: 'integer', readOnly: true },
      title: { type: 'string' },
      publishAt: { type: 'string', format: 'date-time' },
      status: { type: 'string', enum: ['draft', 'scheduled'], readOnly: true },
    },
  };
  const json = (schema: Json) => ({ 'application/json': { schema } });
  const one = { '200': { description: 'one', content: json(post) } };

  it('passes what follows from the rest of the request', async () => {
    const { title, publishAt } = post.properties;
    const offered = { type: 'object', required: ['title'], properties: { title, publishAt } };
    const paths = {
      '/posts': {
        post: { operationId: 'create', requestBody: { required: true, content: json(offered) }, responses: one },
      },
      '/posts/{id}': { get: { operationId: 'read', parameters: [id], responses: one } },
    };
    const found = await foundBy(paths, ({ method, path, json: body }, rows) =>
      method === 'GET'
        ? (rows.get(path.split('/')[2] ?? '') ?? {})
        : {
            id: rows.size + 1,
            title: body['title'],
            publishAt: body['publishAt'],
            status: body['publishAt'] === undefined ? 'draft' : 'scheduled',
          },
    );
    expect(found).toEqual([]);
  });

  it('passes what the thing had before it was changed', async () => {
    const priority = { type: 'string', enum: ['low', 'high'] };
    const { title } = post.properties;
    const task = { ...post, required: ['id'], properties: { id: post.properties.id, title, priority } };
    const answer = { '200': { description: 'one', content: json(task) } };
    const closed = { type: 'object', additionalProperties: false, properties: { title }, required: ['title'] };
    const paths = {
      '/tasks': {
        post: {
          operationId: 'create',
          requestBody: { required: true, content: json({ ...task, required: ['title', 'priority'] }) },
          responses: answer,
        },
      },
      '/tasks/{id}': {
        get: { operationId: 'read', parameters: [id], responses: answer },
        patch: {
          operationId: 'change',
          parameters: [id],
          requestBody: { required: true, content: json(closed) },
          responses: answer,
        },
      },
    };
    const found = await foundBy(paths, ({ method, path, json: body }, rows) => {
      const row = rows.get(path.split('/')[2] ?? '') ?? {};
      if (method === 'GET') return row;
      return method === 'PATCH'
        ? { ...row, title: body['title'] }
        : { id: rows.size + 1, title: body['title'], priority: body['priority'] };
    });
    expect(found).toEqual([]);
  });

  describe('where the thing is wrapped', () => {
    const title = { type: 'string' };
    const verified = { type: 'boolean', readOnly: true };
    const name = { type: 'string' };
    const profile = { type: 'object', properties: { name, verified } };
    const article = { type: 'object', properties: { id: { type: 'integer' }, title, role: title, profile } };
    const taken = { type: 'object', required: ['title'], properties: { title, profile } };
    const wrapped = (of: Json) => json({ type: 'object', required: ['article'], properties: { article: of } });
    const one = { '200': { description: 'one', content: wrapped(article) } };
    const paths = {
      '/articles': {
        post: { operationId: 'create', requestBody: { required: true, content: wrapped(taken) }, responses: one },
      },
      '/articles/{id}': { get: { operationId: 'read', parameters: [id], responses: one } },
    };

    async function told(take: (article: Row) => Row) {
      const rows = new Map<string, Row>();
      const backend = await served(({ method, path, json: body }, response) => {
        const sent = body['article'] as Row | undefined;
        if (method === 'POST' && sent === undefined) return void response.writeHead(400).end();
        const made = { id: rows.size + 1, role: 'reader', profile: { name: 'a', verified: false } };
        const row = method === 'GET' ? rows.get(path.split('/')[2] ?? '') : { ...made, ...take(sent ?? {}) };
        if (method === 'POST') rows.set(String(row?.['id']), row ?? {});
        const head = { 'content-type': 'application/json' };
        response.writeHead(row === undefined ? 404 : 200, head).end(JSON.stringify({ article: row }));
      });
      const read = contractOf(paths);
      return judged(check, await check.probe(contextOf(read, backend)), read);
    }

    it('finds what is set in the wrapper, and in objects of the thing', async () => {
      const { findings } = await told((sent) => ({
        ...sent,
        profile: { name: 'a', verified: false, ...(sent['profile'] as Row | undefined) },
      }));
      expect(findings.map(({ key }) => key)).toEqual(
        expect.arrayContaining(['create role', 'create profile.verified']),
      );
    });

    it('passes what takes its members one by one', async () => {
      const { status, reason } = await told(({ title }) => ({ title }));
      expect({ status, reason }).toMatchObject({ status: 'passed', reason: expect.stringContaining('3 properties') });
    });
  });

  it('is undecided when nothing could be written', async () => {
    expect((await answeredBy(() => null)).status).toBe('undecided');
  });
});
