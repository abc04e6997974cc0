import { isJsonObject, type Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { memberFilters } from '../comparison/member-filters.ts';
import { operationOf } from '../requests/cases.ts';
import { Setup } from '../setup/setup.ts';
import { object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { type Answer, contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { filteredUpdate } from './filtered-update.ts';

const board = object({
  id: { type: 'integer' },
  name: text,
  status: { type: 'string', enum: ['new', 'open'] },
});
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const contract = contractOf({
  '/boards': {
    get: {
      operationId: 'list',
      parameters: [{ name: 'status', in: 'query', schema: { type: 'string', enum: ['new', 'open'] } }],
      responses: { 200: said({ type: 'array', items: board }) },
    },
    post: { operationId: 'add', requestBody: taken(object({ name: text })), responses: { 201: said(board) } },
  },
  '/boards/{id}': {
    parameters: [id],
    get: { operationId: 'read', responses: { 200: said(board) } },
    patch: {
      operationId: 'change',
      requestBody: taken({ ...board, required: [] }),
      responses: { 200: said(board) },
    },
  },
});

type Board = Readonly<Record<string, Json>>;

/** What came of it, with a backend that lists like this and answers an update so. */
async function found(
  list: (boards: readonly Board[], status: string | null) => Answer,
  change: (was: Board, sent: Board) => Board | null = (was, sent) => ({ ...was, ...sent }),
  patienceMs = 0,
) {
  const boards: Board[] = [];
  const backend = scripted((line, body) => {
    const [method = '', target = ''] = line.split(' ');
    const url = new URL(target, 'http://x');
    const sent = isJsonObject(body) ? body : {};
    if (method === 'POST') {
      const made = { name: sent['name'] ?? '', id: boards.length + 1, status: 'new' };
      boards.push(made);
      return [201, made];
    }
    if (url.pathname === '/boards') return list(boards, url.searchParams.get('status'));
    const index = Number(url.pathname.split('/').at(-1)) - 1;
    const was = boards[index];
    if (was === undefined) return [404];
    if (method === 'GET') return [200, was];
    const next = change(was, sent);
    if (next === null) return [409];
    boards[index] = next;
    return [200, next];
  });
  const context = contextOf(contract, backend);
  const [resource] = context.shape.resources;
  const operation = operationOf(contract, 'change');
  const [filter] = resource === undefined ? [] : memberFilters(contract, resource.lists, operation);
  if (resource === undefined || filter === undefined) throw new Error('no filter');
  const update = await filteredUpdate({ context, setup: new Setup(context), resource, operation }, filter, patienceMs);
  if (update === null) return null;
  const looks = update.looks.map(({ value, before, after }) => `${String(value)} ${before.shown} ${after.shown}`);
  return { from: update.from, to: update.to, looks, listed: update.listed };
}

const by = (boards: readonly Board[], status: string | null): Answer => [
  200,
  boards.filter((each) => status === null || each['status'] === status),
];

describe('filteredUpdate', () => {
  it('looks before and after the member is changed', async () => {
    expect(await found(by)).toEqual({
      from: 'new',
      to: 'open',
      looks: ['new true false', 'open false true'],
      listed: { before: true, after: true },
    });
  });

  it('names nothing else than the member', async () => {
    const change = (was: Board, sent: Board) => (Object.keys(sent).length === 1 ? { ...was, ...sent } : null);
    expect(await found(by, change)).toMatchObject({ to: 'open' });
  });

  it('waits for a list that lags', async () => {
    let looks = 0;
    const later = (boards: readonly Board[], status: string | null): Answer => {
      const isOpen = boards.some((each) => each['status'] === 'open');
      if (!isOpen || status !== 'new' || (looks += 1) > 2) return by(boards, status);
      return [200, boards.map(({ name, id: key }) => ({ name: name ?? '', id: key ?? 0 }))];
    };
    expect(await found(later, undefined, 60_000)).toMatchObject({ looks: ['new true false', 'open false true'] });
  });

  it('takes nothing from what was not changed, is not listed, or may be kept elsewhere', async () => {
    expect(await found(by, (was) => was)).toBeNull();
    expect(await found(by, () => null)).toBeNull();
    expect(await found(() => [200, []])).toBeNull();
    expect(await found(() => [500])).toBeNull();
    expect(await found((boards) => [200, [...boards], { 'cache-control': 'max-age=60' }])).toBeNull();
    expect(await found((boards) => [200, boards.map((each) => ({ ...each, status: 'new' }))])).toBeNull();
  });
});
