import type { Json, Operation, RequestCase } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { operationOf } from '../requests/cases.ts';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { switchesIn, withoutSwitches } from './switches.ts';

const page = {
  type: 'object',
  required: ['title', 'status'],
  properties: {
    title: { type: 'string' },
    status: { enum: ['draft', 'live'] },
    hidden: { type: ['boolean', 'null'] },
    publishedAt: { type: 'string', format: 'date-time' },
  },
};
const body = (schema: object) => ({ content: { 'application/json': { schema } } });
const ok = { responses: { 200: { description: '' } } };
const contract = contractOf({
  '/pages/{id}': {
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
    put: { operationId: 'replace', requestBody: body(page), ...ok },
    patch: { operationId: 'change', requestBody: body({ ...page, required: [] }), ...ok },
  },
} as never);

describe('switches', () => {
  const asking = (id: string, value: Json): readonly [Operation, RequestCase] => [
    operationOf(contract, id),
    { operation: id, path: {}, query: {}, headers: {}, cookies: {}, body: { mediaType: 'application/json', value } },
  ];
  const all = { title: 'a', status: 'draft', hidden: true, publishedAt: '2026-01-01T00:00:00Z' };

  it('are truth values, words of a set, dates, and what the thing belongs to', () => {
    const given = { title: 'a', ownerId: 3, project_id: 4, assignee: 'b', id: 5, paid: 6 };
    expect(switchesIn(contract, ...asking('change', given))).toEqual(['ownerId', 'project_id', 'assignee']);
    expect(switchesIn(contract, ...asking('change', all))).toEqual(['status', 'hidden', 'publishedAt']);
    expect(switchesIn(contract, ...asking('change', { title: 'a' }))).toEqual([]);
  });

  it('are left out of a partial update, and stay as they are shown in a whole one', () => {
    expect(withoutSwitches(contract, ...asking('change', all), {})?.body?.value).toEqual({ title: 'a' });
    expect(withoutSwitches(contract, ...asking('replace', all), { status: 'live' })?.body?.value).toEqual({
      title: 'a',
      status: 'live',
    });
  });

  it('cannot be left out where they are asked for, or are all there is', () => {
    expect(withoutSwitches(contract, ...asking('replace', all), {})).toBeNull();
    expect(withoutSwitches(contract, ...asking('change', { hidden: true }), {})).toBeNull();
  });
});
