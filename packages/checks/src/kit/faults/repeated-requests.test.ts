import type { Instance, Json, JsonObject } from '@assay/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { type Answer, contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { refusalsLeftOpen } from './repeated-requests.ts';

const id: JsonObject = { type: 'integer', minimum: 1 };
const code: JsonObject = { type: 'string', format: 'uuid' };
const show = object({ id, title: text });
const ticket = object({ id, showId: id, tickets: { type: 'array', items: object({ code }) } });

/** Shows that are opened once, and tickets of which the code is told where they are made. */
const contract = contractOf({
  '/shows': {
    post: { operationId: 'addShow', requestBody: taken(object({ title: text })), responses: { 201: said(show) } },
  },
  '/shows/{showId}': {
    parameters: [{ name: 'showId', in: 'path', required: true, schema: id }],
    get: { operationId: 'readShow', responses: { 200: said(show) } },
  },
  '/shows/{showId}/open': {
    parameters: [{ name: 'showId', in: 'path', required: true, schema: id }],
    post: { operationId: 'openShow', responses: { 200: said(show) } },
  },
  '/shows/{showId}/check-ins': {
    parameters: [{ name: 'showId', in: 'path', required: true, schema: id }],
    post: { operationId: 'checkIn', requestBody: taken(object({ code })), responses: { 201: said() } },
  },
  '/orders': {
    post: { operationId: 'addOrder', requestBody: taken(object({ showId: id })), responses: { 201: said(ticket) } },
  },
});

/** @param leaks whether a connection stays in a transaction after this answer @param always in a transaction whatever is asked */
function shows(leaks: (line: string, status: number) => boolean, always = 0): Instance & { readonly asked: string[] } {
  let made = 0;
  const codes = new Map<string, string>();
  const done = new Set<string>();
  const stuck: string[] = [];
  const answer = (line: string, sent: Json | undefined): Answer => {
    const body = (sent ?? {}) as JsonObject;
    if (line === 'POST /shows') return [201, { id: (made += 1), title: 'x' }];
    if (line === 'POST /orders') {
      const own = `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`;
      codes.set(own, String(body['showId']));
      return [201, { id: made, showId: body['showId'] ?? null, tickets: [{ code: own }] }];
    }
    if (line.startsWith('GET')) return [200, { id: 1, title: 'x' }];
    const isCheckIn = line.endsWith('/check-ins');
    if (isCheckIn && codes.get(String(body['code'])) !== line.split('/')[2]) return [404];
    const what = isCheckIn ? String(body['code']) : line;
    if (done.has(what)) return [409];
    done.add(what);
    return [isCheckIn ? 201 : 200, {}];
  };
  const backend = scripted((line, sent) => {
    const told = answer(line, sent);
    if (leaks(line, told[0])) stuck.push(line);
    return told;
  });
  const sql = async () =>
    Array.from({ length: always + stuck.length }, (_, pid) => ({ pid, state: 'idle in transaction' }));
  return { ...backend, sql };
}

const leftBy = async (backend: Instance) =>
  (await Array.fromAsync(refusalsLeftOpen(contextOf(contract, backend)))).map(
    ({ operation, status }) => `${operation} ${status}`,
  );

describe('what is refused when it is asked for again', () => {
  beforeEach(() => {
    let clock = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (clock += 500));
  });
  afterEach(() => vi.restoreAllMocks());

  it('is seen to leave a connection in a transaction', async () => {
    const backend = shows((line, status) => line.endsWith('/open') && status === 409);
    expect(await leftBy(backend)).toContain('openShow 409');
  });

  it('is seen where it has to name what only an answer tells', async () => {
    const backend = shows((line, status) => line.endsWith('/check-ins') && status === 409);
    expect(await leftBy(backend)).toContain('checkIn 409');
  });

  it('is looked for further, for the first may have been something else', async () => {
    const backend = shows((line, status) => /\/(?:open|check-ins)$/.test(line) && status === 409);
    expect(new Set(await leftBy(backend))).toEqual(new Set(['openShow 409', 'checkIn 409']));
  });

  it('leaves nothing behind where connections are given back, or is not looked at where they always are in one', async () => {
    expect(await leftBy(shows(() => false))).toEqual([]);
    const lazy = shows(() => false, 1);
    expect(await leftBy(lazy)).toEqual([]);
    expect(lazy.asked).toEqual([]);
  });
});
