import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import {
  answering,
  failing as without,
  faulting,
  firstOf,
  judged,
  recorded,
  todo,
} from '../kit/testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../kit/testing/scripted-for-tests.ts';
import { check } from './delete-is-final.ts';

describe(check.id, () => {
  const passing = recorded(check, 'pass');
  const deletion = firstOf(passing.deletions);
  const { read, other } = deletion;
  if (read === null || other === null) throw new Error('the recording read nothing');
  const keys = (change: Partial<typeof deletion>): readonly string[] =>
    judged(check, { deletions: [{ ...deletion, ...change }], trouble: null }).findings.map(({ key }) => key);

  it('passes a backend in which what was deleted is gone', () => {
    expect(judged(check, passing)).toMatchObject({ status: 'passed', reason: '2 deletions looked for afterwards' });
  });

  it('tells of a list that still has it', () => {
    expect(judged(check, recorded(check, 'fail')).findings).toEqual([
      {
        severity: 'high',
        key: 'todos listed',
        title:
          'A list still has what was deleted: DELETE /todos/2 answered 204, and GET /todos?limit=50 answered 200 with it',
      },
    ]);
  });

  it('tells of one that can still be read, of a second delete that fails, and of another that is gone as well', () => {
    expect(keys({ read: answering(read, 200, { body: { id: 1, title: 'tea' } }) })).toEqual(['todos read']);
    expect(keys({ again: answering(deletion.again, 500) })).toEqual(['todos again']);
    expect(keys({ again: without(deletion.again, 'reset') })).toEqual(['todos again']);
    expect(keys({ other: answering(other, 404) })).toEqual(['todos other']);
  });

  it('tells of one that is gone from the list, where it cannot be read by itself', () => {
    expect(keys({ read: null, other: null, unlisted: other })).toEqual(['todos other']);
  });

  it('deletes one of two that look alike', async () => {
    const left = new Map<string, string>();
    const byLooks = scripted((line, body) => {
      const id = line.split('/').at(-1)?.split('?')[0] ?? '';
      const looks = JSON.stringify(body ?? null);
      if (line.startsWith('POST')) return [201, { id: left.set(String(left.size + 1), looks).size }];
      if (!line.startsWith('DELETE')) return left.get(id) === '' ? [404] : [200, {}];
      const gone = left.get(id);
      for (const [one, its] of left) if (its === gone) left.set(one, '');
      return [204];
    });
    const { findings } = judged(check, await check.probe(contextOf(todo, byLooks)));
    expect(findings.map(({ key }) => key)).toContain('todos other');
  });

  it('tells the same of three deletions once', () => {
    const gone = { ...deletion, other: answering(other, 404) };
    expect(judged(check, { deletions: [gone, gone, gone], trouble: null }).findings).toHaveLength(1);
  });

  it('does not mind a tombstone that says so, nor how a second delete is answered', () => {
    expect(keys({ read: answering(read, 200, { body: { id: 1, deletedAt: '2026-01-01T00:00:00Z' } }) })).toEqual([]);
    expect(keys({ read: answering(read, 200, { body: { id: 1, status: 'deleted' } }) })).toEqual([]);
    for (const status of [204, 200, 404, 410, 409])
      expect(keys({ again: answering(deletion.again, status) })).toEqual([]);
    expect(keys({ read: null, other: null })).toEqual([]);
  });

  it('takes a fault of the service itself for an answer, and one that says that the server failed for none', () => {
    const fault = (blames: 'other' | 'server', code: string) => ({
      again: faulting(deletion.again, { blames, code }),
    });
    expect(keys(fault('other', 'a:NotFound'))).toEqual([]);
    expect(keys(fault('server', 'soap:Server'))).toEqual(['todos again']);
    const evidence = { deletions: [{ ...deletion, ...fault('server', 'soap:Server') }], trouble: null };
    expect(check.judge(evidence, todo).findings[0]?.fix).toContain('soap:Client');
  });

  it('does not mind one that is shown as cancelled or put away, wherever it is shown', () => {
    const shown = (was: object, is: object) => {
      const exchanges = [was, is].map((body) => answering(read, 200, { body: body as never }));
      const [before = null, after = null] = exchanges;
      return keys({ before, read: after, listed: deletion.remove, item: is as never });
    };
    expect(shown({ id: 1, status: 'open' }, { id: 1, status: 'cancelled' })).toEqual([]);
    expect(shown({ id: 1, is_active: true }, { id: 1, is_active: false })).toEqual([]);
    expect(shown({ data: { id: 1, gone_at: null } }, { data: { id: 1, deleted_at: '2026-01-01' } })).toEqual([]);
    expect(shown({ id: 1, status: 'open' }, { id: 1, status: 'open' })).toEqual(['todos read', 'todos listed']);
    expect(shown({ id: 1, state: 'CA' }, { id: 1, state: 'CA' })).toEqual(['todos read', 'todos listed']);
  });

  it('takes an answer of 200 in which there is nothing of the thing for what it is: a way to say that it is not there', () => {
    const before = answering(read, 200, { body: { id: 1, title: 'tea', status: 'open' } });
    const readAs = (change: Parameters<typeof answering>[2]) => keys({ before, read: answering(read, 200, change) });
    const nothing: readonly Json[] = [
      null,
      {},
      { data: null },
      { success: false, data: null },
      { code: 404, message: 'none' },
    ];
    for (const body of nothing) expect(readAs({ body })).toEqual([]);
    const empty = answering(read, 204);
    expect(keys({ before, read: { ...empty, response: { ...empty.response, body: { text: '' } } as never } })).toEqual(
      [],
    );
    expect(readAs({ body: { data: { id: 1, title: 'tea' } } })).toEqual(['todos read']);
    expect(readAs({ body: { id: 1, title: 'tea', status: 'open' } })).toEqual(['todos read']);
  });

  it('gives a list a moment, and leaves to it how old it may be', async () => {
    const deletedFrom = async (lasting: number, headers: Record<string, string> = {}) => {
      const gone = new Map<string, number>();
      let made = 0;
      const lagging = scripted((line) => {
        const id = line.split('/').at(-1)?.split('?')[0] ?? '';
        if (line.startsWith('POST')) return [201, { id: (made += 1) }];
        if (line.startsWith('DELETE')) gone.set(id, gone.get(id) ?? 0);
        if (line.startsWith('DELETE')) return [204];
        if (!line.includes('/todos?')) return gone.has(id) ? [404] : [200, { id: Number(id) }];
        const items = Array.from({ length: made }, (_, index) => ({ id: index + 1 })).filter((item) => {
          const asked = gone.get(String(item.id));
          if (asked !== undefined) gone.set(String(item.id), asked + 1);
          return asked === undefined || asked < lasting;
        });
        return [200, { items, next: null }, headers];
      });
      return judged(check, await check.probe(contextOf(todo, lagging))).findings.map(({ key }) => key);
    };
    expect(await deletedFrom(3)).toEqual([]);
    expect(await deletedFrom(Infinity, { 'cache-control': 'max-age=60' })).toEqual([]);
  });

  const note = { type: 'object', properties: { id: { type: 'integer' } } };
  const answered = (schema: object) => ({ description: '', content: { 'application/json': { schema } } });
  /** Notes that are read in their list alone, of which a page has at most 20. */
  const listedOnly = contractOf({
    '/notes': {
      get: {
        operationId: 'listNotes',
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 20 } },
          { name: 'offset', in: 'query', schema: { type: 'integer' } },
        ],
        responses: { 200: answered({ type: 'array', items: note }) },
      },
      post: { operationId: 'createNote', responses: { 201: answered(note) } },
    },
    '/notes/{noteId}': {
      parameters: [{ name: 'noteId', in: 'path', required: true, schema: { type: 'integer' } }],
      delete: { operationId: 'deleteNote', responses: { 204: { description: '' } } },
    },
  } as never);
  const toldOf = async (refuses: (list: number) => boolean, deletesAll = false) => {
    const ids = new Set<number>();
    let [made, lists] = [0, 0];
    const backend = scripted((line) => {
      if (line.startsWith('POST')) return [201, { id: ids.add((made += 1)) && made }];
      if (line.startsWith('DELETE') && deletesAll) ids.clear();
      if (line.startsWith('DELETE')) return [ids.delete(Number(line.split('/').at(-1))) || deletesAll ? 204 : 404];
      if (refuses((lists += 1))) return [429];
      return line.includes('limit=20') ? [200, [...ids].map((id) => ({ id }))] : [422];
    });
    return judged(check, await check.probe(contextOf(listedOnly, backend)), listedOnly);
  };

  it('asks a list for no more than the contract allows', async () => {
    expect(await toldOf(() => false)).toMatchObject({ status: 'passed', reason: '3 deletions looked for afterwards' });
  });

  it('takes nothing for gone from a list that could not be read to its end', async () => {
    const all = await toldOf(() => false, true);
    expect(all.findings.map(({ key }) => key)).toEqual(['notes other']);
    // Each time, the list is read for the other one and for what will be deleted, and afterwards for this and the other one.
    expect(await toldOf((list) => list % 4 === 0)).toMatchObject({ status: 'passed', findings: [] });
    expect(await toldOf((list) => list % 4 !== 1)).toMatchObject({
      status: 'undecided',
      reason:
        'whether deleted notes are gone is not to be seen: they cannot be read one by one, and no list of them could be read to its end',
    });
  });

  it('does not take for gone what is listed as it was before, also where it will expire some day', () => {
    const listed = (is: object, was?: object) =>
      keys({
        before: null,
        read: null,
        other: null,
        listed: deletion.remove,
        item: is as never,
        ...(was === undefined ? {} : { itemBefore: was as never }),
      });
    const key = { id: 1, name: 'ci', expiresAt: '2030-01-01T00:00:00Z' };
    expect(listed(key, key)).toEqual(['todos listed']);
    expect(listed({ ...key, expiresAt: '2026-01-01T00:00:00Z' }, key)).toEqual([]);
    expect(listed({ ...key, revokedAt: '2026-01-01T00:00:00Z' }, key)).toEqual([]);
    expect(listed(key)).toEqual([]);
  });

  it('looks at the list before, where nothing else tells what it was', async () => {
    const gone = new Set<number>();
    let made = 0;
    const itemOf = (id: number): Json => ({ id, expiresAt: '2030-01-01T00:00:00Z' });
    const keepsTheFirst = scripted((line) => {
      if (line.startsWith('POST')) return [201, itemOf((made += 1))];
      const id = Number(line.split('/').at(-1));
      if (line.startsWith('DELETE') && id > 2) gone.add(id);
      if (line.startsWith('DELETE')) return [204];
      const ids = Array.from({ length: made }, (_, index) => index + 1).filter((one) => !gone.has(one));
      return [200, ids.map(itemOf)];
    });
    const evidence = await check.probe(contextOf(listedOnly, keepsTheFirst));
    expect(judged(check, evidence, listedOnly).findings.map(({ key }) => key)).toEqual(['notes listed']);
  });

  it('does not take one thing for two', async () => {
    let isThere = false;
    const hasOnlyOne = scripted((line) => {
      if (line.startsWith('POST')) isThere = true;
      if (line.startsWith('POST')) return [200, { id: 1 }];
      const wasThere = isThere;
      if (line.startsWith('DELETE')) isThere = false;
      return wasThere ? [line.startsWith('DELETE') ? 204 : 200, { id: 1 }] : [404];
    });
    expect(judged(check, await check.probe(contextOf(todo, hasOnlyOne)))).toMatchObject({
      status: 'undecided',
      reason: 'createTodo answers with the same todos again and again',
    });
  });

  it('makes another one where the client names it', async () => {
    const id = { name: 'key', in: 'path', required: true, schema: { type: 'string', pattern: '^[a-z]{8}$' } };
    const body = { content: { 'application/json': { schema: { type: 'object', properties: {} } } } };
    const contract = contractOf({
      '/notes/{key}': {
        parameters: [id],
        put: { operationId: 'keep', requestBody: body, responses: { 201: { description: 'Made' } } },
        get: { operationId: 'read', responses: { 200: { description: 'It' } } },
        delete: { operationId: 'drop', responses: { 204: { description: 'Gone' } } },
      },
    } as never);
    const kept = new Set<string>();
    const byName = scripted((line) => {
      const [method = '', target = ''] = line.split(' ');
      if (method === 'PUT') return [kept.has(target) ? 200 : (kept.add(target), 201), {}, { location: target }];
      const isThere = method === 'DELETE' ? kept.delete(target) : kept.has(target);
      return isThere ? [method === 'DELETE' ? 204 : 200, {}] : [404];
    });
    expect(judged(check, await check.probe(contextOf(contract, byName)), contract)).toMatchObject({
      status: 'passed',
      reason: '3 deletions looked for afterwards',
    });
  });

  it('does not judge what was only accepted', async () => {
    let made = 0;
    const accepts = scripted((line) =>
      line.startsWith('POST') ? [201, { id: (made += 1) }] : [line.startsWith('DELETE') ? 202 : 200, { id: 1 }],
    );
    expect(judged(check, await check.probe(contextOf(todo, accepts)))).toMatchObject({
      status: 'undecided',
      reason: 'the deletion of todos was only accepted (202)',
    });
  });

  it('is undecided when nothing could be deleted', () => {
    expect(judged(check, { deletions: [], trouble: null }).status).toBe('undecided');
    expect(judged(check, { deletions: [], trouble: 'no todos could be deleted' }).reason).toBe(
      'no todos could be deleted',
    );
  });
});
