import { setImmediate as next } from 'node:timers/promises';
import { type Instance, isJsonObject, type Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { trialOf } from '../kit/races/trials-for-tests.ts';
import { judged } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../kit/testing/scripted-for-tests.ts';
import { check } from './no-lost-update.ts';

describe(check.id, () => {
  const tried = [{ operation: 'patchTodo', kind: 'fields' as const, runs: 3, directed: true }];
  const evidence = { tried, finds: [], watched: true, trouble: null };
  const find = { operation: 'patchTodo', kind: 'fields' as const, what: 'one sets title, the other notes' };

  it('passes when every pair left what an order leaves', () => {
    expect(judged(check, evidence)).toMatchObject({
      status: 'passed',
      reason: '3 pairs of changes of 1 kind, one of them held back between its statements',
    });
  });

  it('tells of an acknowledged change that is gone', () => {
    const trial = trialOf({ title: 'a', notes: 'b' }, { facts: { title: 'a', notes: 'old' } });
    expect(judged(check, { ...evidence, finds: [{ ...find, trial }] }).findings).toEqual([
      {
        severity: 'high',
        key: 'patchTodo lost',
        title: 'Two patchTodo at the same time both succeeded, and the change of notes is gone',
      },
    ]);
  });

  it('tells of two that were accepted with one entity tag', () => {
    const trial = trialOf({}, { serialStatuses: [200, 412] });
    expect(judged(check, { ...evidence, finds: [{ ...find, kind: 'tag', trial }] }).findings).toMatchObject([
      { severity: 'high', key: 'patchTodo tag' },
    ]);
  });

  it('tells of two that were accepted with one version in their bodies', () => {
    const trial = trialOf({}, { serialStatuses: [200, 409] });
    expect(judged(check, { ...evidence, finds: [{ ...find, kind: 'version', trial }] }).findings).toMatchObject([
      {
        severity: 'high',
        key: 'patchTodo version',
        title: 'Two patchTodo with the same version were both carried out; in turn the second one gets 409',
      },
    ]);
  });

  it('calls a double spend critical', () => {
    const trial = trialOf({}, { serialStatuses: [200, 409] });
    expect(judged(check, { ...evidence, finds: [{ ...find, kind: 'limit', trial }] }).findings).toMatchObject([
      { severity: 'critical', key: 'patchTodo both accepted' },
    ]);
  });

  it('is undecided when no request was accepted, and not applicable when nothing could be told apart', () => {
    expect(judged(check, { ...evidence, tried: [], trouble: 'PATCH /todos/1 answered 500' }).status).toBe('undecided');
    expect(judged(check, { ...evidence, tried: [] }).status).toBe('not-applicable');
  });
});

describe('an update that names the version it was made on', () => {
  const text = { type: 'string', minLength: 1, maxLength: 20 };
  const content = (properties: Json, required: Json): Json => ({
    'application/json': { schema: { type: 'object', required, properties } },
  });
  const version = { type: 'integer', minimum: 0 };
  const shown = { description: 'It', content: content({ id: { type: 'integer' }, title: text, version }, ['id']) };
  const notes = contractOf({
    '/notes': {
      post: {
        operationId: 'add',
        requestBody: { required: true, content: content({ title: text }, ['title']) },
        responses: { 201: shown },
      },
    },
    '/notes/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      get: { operationId: 'read', responses: { 200: shown } },
      put: {
        operationId: 'replace',
        requestBody: { required: true, content: content({ title: text, version }, ['title', 'version']) },
        responses: { 200: shown },
      },
    },
  });

  /** Compares the version and writes; `between` is awaited after the comparison. */
  const keeper = (between: (() => Promise<unknown>) | null): Instance => {
    const kept = new Map<number, Readonly<Record<string, Json>>>();
    let isFitting = true;
    const backend = scripted((line, body) => {
      const sent = isJsonObject(body) ? body : {};
      const id = line.startsWith('POST') ? kept.size + 1 : Number(line.split('/').at(-1));
      if (!isFitting) return [409];
      const was = kept.get(id);
      if (body !== undefined)
        kept.set(id, { ...sent, id, version: was === undefined ? 3 : Number(was['version']) + 1 });
      return [line.startsWith('POST') ? 201 : 200, kept.get(id) ?? null];
    });
    const send: Instance['send'] = async (request) => {
      const { version: named } = request.method === 'PUT' ? JSON.parse(String(request.body)) : {};
      const fits = named === undefined || kept.get(Number(request.target.split('/').at(-1)))?.['version'] === named;
      if (between !== null) await between();
      isFitting = fits;
      const answer = backend.send(request);
      isFitting = true;
      return answer;
    };
    return { ...backend, send };
  };
  const told = async (backend: Instance) => judged(check, await check.probe(contextOf(notes, backend)), notes);

  it('is carried out once where both compare and write in one step, and twice where something comes between', async () => {
    expect(await told(keeper(null))).toMatchObject({ status: 'passed' });
    expect((await told(keeper(() => next()))).findings).toMatchObject([{ severity: 'high', key: 'replace version' }]);
  });
});
