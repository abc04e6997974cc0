import { isJsonObject, type Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { answering, exchangeOf, firstOf, judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import type { FilteredUpdate, FilterLooks } from '../kit/reading/filtered-update.ts';
import { contextOf, contractOf, scripted } from '../kit/testing/scripted-for-tests.ts';
import { check } from './update-is-visible.ts';

describe(check.id, () => {
  const failing = recorded(check, 'fail');
  const update = firstOf(failing.suspects);
  const patched = (sent: Json, before: Json, after: Json) =>
    judged(check, {
      ...failing,
      suspects: [
        {
          ...update,
          operation: 'patchTodo',
          partial: true,
          sent,
          before: answering(update.before, 200, { body: before }),
          after: answering(update.after, 200, { body: after }),
        },
      ],
    });

  it('passes a backend whose updates are what is read', () => {
    expect(judged(check, recorded(check, 'pass'))).toMatchObject({
      status: 'passed',
      reason: '12 updates made and read',
    });
  });

  it('says of a pass what was not seen again', () => {
    expect(judged(check, { ...recorded(check, 'pass'), doubted: 1 }).reason).toBe(
      '12 updates made and read; 1 difference may follow from other members',
    );
  });

  it('tells of what was acknowledged and not written', () => {
    expect(judged(check, failing).findings).toEqual([
      {
        severity: 'high',
        key: 'replaceTodo /dueAt not written',
        title: 'PUT /todos/12 succeeded with null at /dueAt, and the next read shows "2028-02-04T05:58:45.000Z"',
      },
      {
        severity: 'high',
        key: 'patchTodo /notes not written',
        title: 'PATCH /todos/23 succeeded with null at /notes, and the next read shows "distant ink 6394"',
      },
    ]);
  });

  it('tells of what a partial update changed without naming it', () => {
    expect(patched({ done: true }, { done: false, notes: 'tea' }, { done: true, notes: null }).findings).toMatchObject([
      { key: 'patchTodo /notes not kept' },
    ]);
  });

  it('does not mind what the backend had put into a list itself, but what should have gone from it', () => {
    const listed = (before: Json, after: Json) => {
      const suspect = { ...update, sent: { members: [3] }, made: { members: [2] } };
      const exchanges = {
        before: answering(update.before, 200, { body: { members: before } }),
        after: answering(update.after, 200, { body: { members: after } }),
      };
      return judged(check, { ...failing, suspects: [{ ...suspect, ...exchanges }] }).status;
    };
    expect(listed([1, 2], [1, 3])).toBe('passed');
    expect(listed([1, 2], [1, 2, 3])).toBe('failed');
    expect(listed([2], [1, 3])).toBe('failed');
  });

  it('tells of a thing that is gone after its update', () => {
    const suspects = [{ ...update, after: answering(update.after, 404) }];
    expect(judged(check, { ...failing, suspects }).findings).toMatchObject([{ key: 'replaceTodo gone' }]);
  });

  it('does not mind an id in the body that is not the address', () => {
    const answer = { id: 7, done: true };
    expect(patched({ id: 9, done: true }, { id: 7, done: false }, answer).status).toBe('passed');
  });

  it('does not mind an amount that was added to what there was, but one that was not written', () => {
    expect(patched({ price: '70' }, { price: '819.97' }, { price: '889.97' }).status).toBe('passed');
    expect(patched({ stock: 0 }, { stock: 3 }, { stock: 3 }).findings).toMatchObject([
      { key: 'patchTodo /stock not written' },
    ]);
  });

  it('does not mind time stamps and versions that move, sets in another order, and members that are not shown', () => {
    const before = { tags: ['a', 'b'], updatedAt: '2026-01-01T00:00:00Z', version: 1, done: false };
    const after = { tags: ['b', 'a'], updatedAt: '2026-02-01T00:00:00Z', version: 2, done: true };
    expect(patched({ done: true, secret: 'x' }, before, after).status).toBe('passed');
  });

  it('does not mind what is kept by the backend itself, in the same schema as what is the client’s', () => {
    const before = { id: 7, createdAt: '2026-01-01T00:00:00Z', done: false };
    const sent = { id: 9, createdAt: '2020-01-01T00:00:00Z', version: 4, done: true };
    expect(patched(sent, before, { ...before, version: 2, done: true }).status).toBe('passed');
  });

  it('tells of a filtered list that did not follow, once, and counts those that did', () => {
    const page = (value: boolean) => exchangeOf(`GET /todos?done=${value}`, 200);
    const look = (value: boolean, before: boolean, after: boolean) => ({
      value,
      before: { shown: before, page: page(value) },
      after: { shown: after, page: page(value) },
    });
    const { write, after: read } = update;
    const named = { list: 'listTodos', parameter: 'done', member: 'done', from: false, to: true, write, read };
    const filtered = (old: FilterLooks): FilteredUpdate => {
      return { ...named, listed: { before: true, after: true }, looks: [old, look(true, false, true)] };
    };
    const passing = recorded(check, 'pass');
    const lagging = filtered(look(false, true, true));
    expect(judged(check, { ...passing, filtered: [lagging, lagging] }).findings).toMatchObject([
      {
        key: 'listTodos done=false unfiltered',
        title: 'GET /todos?done=false brought a thing whose done is true',
      },
    ]);
    expect(judged(check, { ...passing, filtered: [filtered(look(false, true, false))] }).reason).toBe(
      '13 updates made and read, 1 of them looked for in filtered lists',
    );
  });

  it('is undecided when no update was accepted', () => {
    expect(judged(check, { made: 0, suspects: [], trouble: null })).toMatchObject({
      status: 'undecided',
      reason: 'no update was accepted',
    });
  });
});

const task = {
  type: 'object',
  required: ['title'],
  properties: {
    title: { type: 'string', minLength: 3, maxLength: 20 },
    notes: { type: 'string', minLength: 3, maxLength: 20 },
    archived: { type: 'boolean' },
  },
};
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const ok = { description: 'It' };
const tasks = contractOf({
  '/tasks': { post: { operationId: 'add', requestBody: json(task), responses: { 201: ok } } },
  '/tasks/{id}': {
    parameters: [id],
    get: { operationId: 'read', responses: { 200: ok } },
    patch: { operationId: 'change', requestBody: json({ ...task, required: [] }), responses: { 200: ok } },
  },
} as never);

describe('an update of tasks', () => {
  type Task = Readonly<Record<string, Json>>;
  /** Keeps tasks; `patch` says what is kept after one, `shown` how it is read. */
  const judgement = async (
    patch: (was: Task, sent: Task) => Task,
    read: (is: Task, times: number) => Task | null,
    write = 200,
  ) => {
    const kept = new Map<number, Task>();
    let reads = 0;
    const backend = scripted((line, body) => {
      const [method = '', target = ''] = line.split(' ');
      const sent = isJsonObject(body) ? body : {};
      const key = method === 'POST' ? kept.size + 1 : Number(target.split('/').at(-1));
      const was = kept.get(key) ?? {};
      if (method === 'POST') kept.set(key, { notes: null, ...sent, id: key });
      if (method === 'PATCH') kept.set(key, patch(was, sent));
      if (method !== 'GET') return [method === 'POST' ? 201 : write, kept.get(key) ?? null];
      const shown = read(was, (reads += 1));
      return shown === null ? [404] : [200, shown];
    });
    return judged(check, await check.probe(contextOf(tasks, backend)), tasks);
  };
  const merged = (was: Task, sent: Task): Task => ({ ...was, ...sent });
  const whole = (is: Task): Task => is;

  it('may change what the backend computes and what moves by being read', async () => {
    const computed = (was: Task, sent: Task): Task => ({ ...was, ...sent, slug: String(sent['title'] ?? was['slug']) });
    const told = await judgement(computed, (is, reads) => ({ slug: 'a', ...is, views: reads, lastViewedAt: reads }));
    expect(told.status).toBe('passed');
  });

  it('may not clear what it does not name', async () => {
    const cleared = (was: Task, sent: Task): Task => ({ ...was, notes: null, ...sent });
    expect((await judgement(cleared, whole)).findings).toMatchObject([{ key: 'change /notes not kept' }]);
  });

  it('may hide the thing where it says so, and not otherwise', async () => {
    const unlessArchived = (is: Task): Task | null => (is['archived'] === true ? null : is);
    expect((await judgement(merged, unlessArchived)).status).toBe('passed');
    const lost = (was: Task, sent: Task): Task => ({ ...was, ...sent, lost: true });
    const unlessLost = (is: Task): Task | null => (is['lost'] === true ? null : is);
    expect((await judgement(lost, unlessLost)).findings).toMatchObject([{ key: 'change gone' }]);
  });

  it('waits for nobody to confirm an address, where the contract lets them', async () => {
    const member = {
      type: 'object',
      properties: { email: { type: 'string', format: 'email' }, name: task.properties.title },
    };
    const users = (path: string) =>
      contractOf({
        '/users': { post: { operationId: 'add', requestBody: json(member), responses: { 201: ok } } },
        '/users/{id}': {
          parameters: [id],
          get: { operationId: 'read', responses: { 200: ok } },
          put: { operationId: 'change', requestBody: json(member), responses: { 200: ok } },
        },
        [path]: { post: { operationId: 'other', responses: { 204: { description: '' } } } },
      } as never);
    const keysOf = async (contract: ReturnType<typeof users>) => {
      const kept = new Map<string, Task>();
      const backend = scripted((line, body) => {
        const [method = '', target = ''] = line.split(' ');
        const sent = isJsonObject(body) ? body : {};
        const key = method === 'POST' ? String(kept.size + 1) : (target.split('/').at(-1) ?? '');
        const was = kept.get(key) ?? {};
        if (method === 'POST') kept.set(key, { email: 'first@example.com', ...sent, id: Number(key) });
        if (method === 'PUT') kept.set(key, { ...was, ...sent, email: was['email'] ?? null });
        return [method === 'POST' ? 201 : 200, kept.get(key) ?? null];
      });
      return judged(check, await check.probe(contextOf(contract, backend)), contract).findings.map(({ key }) => key);
    };
    expect(await keysOf(users('/users/verify-email'))).toEqual([]);
    expect(await keysOf(users('/newsletter'))).toEqual(['change /email not written']);
  });

  it('names the version that was read, where the body has one', async () => {
    const version = { type: 'integer', minimum: 0 };
    const titled = { type: 'object', required: ['title'], properties: { title: task.properties.title } };
    const named = (name: string) =>
      contractOf({
        '/tasks': { post: { operationId: 'add', requestBody: json(titled), responses: { 201: ok } } },
        '/tasks/{id}': {
          parameters: [id],
          get: { operationId: 'read', responses: { 200: ok } },
          put: {
            operationId: 'change',
            requestBody: json({
              type: 'object',
              required: ['title', name],
              properties: { ...titled.properties, [name]: version },
            }),
            responses: { 200: ok },
          },
        },
      } as never);
    const reasonOf = async (name: string) => {
      const kept = new Map<number, Task>();
      const backend = scripted((line, body) => {
        const [method = '', target = ''] = line.split(' ');
        const sent = isJsonObject(body) ? body : {};
        const key = method === 'POST' ? kept.size + 1 : Number(target.split('/').at(-1));
        const was = kept.get(key) ?? {};
        if (method === 'POST') kept.set(key, { ...sent, [name]: 3, id: key });
        if (method === 'PUT' && sent[name] !== was[name]) return [409];
        if (method === 'PUT') kept.set(key, { ...was, ...sent, [name]: Number(was[name]) + 1 });
        return [method === 'POST' ? 201 : 200, kept.get(key) ?? null];
      });
      return judged(check, await check.probe(contextOf(named(name), backend)), named(name)).reason;
    };
    expect(await reasonOf('version')).toBe('6 updates made and read');
    expect(await reasonOf('lockVersion')).toBe('6 updates made and read');
  });

  it('tells nothing of what is read otherwise than it is written', async () => {
    expect(await judgement(merged, (is) => ({ id: is['id'] ?? 0, attributes: is }))).toMatchObject({
      status: 'not-applicable',
      reason: 'read shows nothing of what was sent to change',
    });
  });

  it('tells nothing of what cannot be read before, or was only accepted', async () => {
    expect(await judgement(merged, () => null)).toMatchObject({
      status: 'undecided',
      reason: expect.stringMatching(/^GET \/tasks\/\d+ answered 404 before anything was updated$/),
    });
    expect(await judgement((was) => was, whole, 202)).toMatchObject({
      status: 'undecided',
      reason: expect.stringMatching(/^PATCH \/tasks\/\d+ was only accepted \(202\)$/),
    });
  });
});
