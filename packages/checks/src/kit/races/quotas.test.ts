import type { JsonObject } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { check } from '../../data/no-lost-update.ts';
import { object, said, taken } from '../testing/openapi-for-tests.ts';
import { judged } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf } from '../testing/scripted-for-tests.ts';
import { served } from '../testing/served-for-tests.ts';

const integer = { type: 'integer', minimum: 1, maximum: 1000 };
const post = (operationId: string, properties: JsonObject) => ({
  operationId,
  requestBody: taken(object(properties)),
  responses: { 201: said(object({ id: integer, ...properties })), 409: said() },
});
const read = (operationId: string, properties: JsonObject) => ({
  operationId,
  parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
  responses: { 200: said(object({ id: integer, ...properties })) },
});
const reference = { type: 'integer' };
const library = contractOf({
  '/members': { post: post('join', { age: integer }) },
  '/members/{id}': { get: read('member', { age: integer }) },
  '/copies': { post: post('addCopy', { shelf: integer }) },
  '/copies/{id}': { get: read('copy', { shelf: integer }) },
  '/loans': { post: post('lend', { memberId: reference, copyId: reference }) },
  '/loans/{id}': { get: read('loan', { memberId: reference, copyId: reference }) },
});

/** @param counts whether it counts, and lends a little later. @param refuses with what it refuses a member who has six */
async function lending(counts: 'at once' | 'and lends later', refuses = 409, why = 'has six already') {
  const kept = new Map<string, unknown>();
  const had = new Map<unknown, number>();
  const lent = new Set<unknown>();
  const backend = await served(async ({ method, path, json }, response) => {
    const answer = (status: number, body: unknown = {}): unknown =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (method === 'GET') return kept.has(path) ? answer(200, kept.get(path)) : answer(404);
    const { memberId, copyId } = json;
    if (path === '/loans') {
      if (lent.has(copyId)) return answer(409);
      lent.add(copyId);
      const before = had.get(memberId) ?? 0;
      if (before >= 6) return answer(refuses, { detail: why });
      if (counts === 'and lends later') await new Promise((resolve) => setTimeout(resolve, 20));
      had.set(memberId, (had.get(memberId) ?? 0) + 1);
    }
    const made = { id: kept.size + 1, ...json };
    kept.set(`${path}/${made.id}`, made);
    return answer(201, made);
  });
  return judged(check, await check.probe(contextOf(library, backend)), library);
}

describe('a number that one may have', () => {
  it('is exceeded by two that count at the same time', async () => {
    expect((await lending('and lends later')).findings).toEqual([
      {
        severity: 'high',
        key: 'lend quota',
        title: 'Two lend at the same time both got through where one more was allowed; in turn the second one gets 409',
      },
    ]);
    expect((await lending('and lends later', 403)).findings).toMatchObject([{ key: 'lend quota' }]);
  });

  it('holds where counting and lending is one step', async () => {
    expect(await lending('at once')).toMatchObject({ status: 'passed', findings: [] });
  });

  it('is none where a backend asks to come later', async () => {
    expect((await lending('and lends later', 429)).findings).toEqual([]);
    expect((await lending('and lends later', 409, 'Six loans a day, try again later')).findings).toEqual([]);
  });
});
