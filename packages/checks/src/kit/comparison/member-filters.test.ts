import type { Json, JsonObject } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { operationOf } from '../requests/cases.ts';
import { object, said, taken } from '../testing/openapi-for-tests.ts';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { memberFilters } from './member-filters.ts';

const board = object({
  name: { type: 'string' },
  archived: { type: 'boolean' },
  inStock: { type: 'boolean' },
  status: { type: 'string', enum: ['open', 'closed'] },
  phaseType: { type: 'string', enum: ['open', 'overdue', 'closed'] },
  priority: { type: 'string', enum: ['low', 'high'] },
});

function found(parameter: JsonObject, summary = ''): readonly string[] {
  const contract = contractOf({
    '/boards': {
      get: {
        operationId: 'list',
        summary,
        parameters: [{ in: 'query', ...parameter }],
        responses: { 200: said({ type: 'array', items: board }) },
      },
    },
    '/boards/{id}': {
      patch: {
        operationId: 'change',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        requestBody: taken(board),
        responses: { 200: said(board) },
      },
    },
  });
  const lists = [{ operation: 'list', items: '', pagination: null }];
  return memberFilters(contract, lists, operationOf(contract, 'change')).map(
    ({ member, values, isSaid }) => `${member}: ${values.join(' ')}${isSaid ? '' : ', unsaid'}`,
  );
}

const truth: Json = { type: 'boolean' };
const archived = (description: string, schema: Json = truth) => found({ name: 'archived', description, schema });
const words = (...values: readonly string[]): Json => ({ type: 'string', enum: [...values] });

describe('memberFilters', () => {
  it('finds what is called like a member and has its values', () => {
    expect(found({ name: 'status', schema: words('closed', 'open', 'any') })).toEqual(['status: open closed']);
    const told = [
      'Only boards that are archived (true), or not (false).',
      'Filter by whether they are archived',
      'By archived status',
    ];
    for (const description of told) expect(archived(description)).toEqual(['archived: false true']);
  });

  it('tells of a truth value whether the contract says what false does', () => {
    const unsaid = ['inStock: false true, unsaid'];
    expect(found({ name: 'inStock', schema: truth })).toEqual(unsaid);
    expect(found({ name: 'inStock', schema: words('true', 'false') })).toEqual(unsaid);
    expect(found({ name: 'filter[inStock]', schema: truth })).toEqual(unsaid);
    expect(found({ name: 'inStock', schema: truth }, 'Boards; with inStock=false those sold')).toEqual([
      'inStock: false true',
    ]);
  });

  it('takes what is put away for what nobody wants who asks for the rest', () => {
    expect(archived('')).toEqual(['archived: false true']);
    expect(found({ name: 'archived', schema: truth }, 'Boards; with archived only those that are')).toEqual([
      'archived: false true, unsaid',
    ]);
  });

  it.each([
    'Archived boards, too',
    'Include archived boards',
    'Only archived boards',
    'If true, boards that are archived',
    'false (the default) leaves nothing out',
    'false leaves nothing out',
    'Whether to hide what is archived',
    'Whether to show archived boards',
    'Filter archived boards',
    'Boards that were archived by somebody',
  ])('holds back where the contract says: %s', (description) => {
    expect(archived(description)).toEqual([]);
  });

  it('holds back where it says so of the list, or names a default', () => {
    expect(
      found({ name: 'archived', schema: truth }, 'All boards. With archived=true the archived ones as well'),
    ).toEqual([]);
    expect(found({ name: 'archived', schema: truth }, 'All boards')).toHaveLength(1);
    expect(archived('', { type: 'boolean', default: false })).toEqual([]);
  });

  it('holds back of other values, of words that have an order, and of other names', () => {
    expect(found({ name: 'status', schema: words('open', 'done') })).toEqual([]);
    expect(found({ name: 'status', schema: truth })).toEqual([]);
    expect(found({ name: 'priority', schema: words('low', 'high') })).toEqual([]);
    expect(found({ name: 'phaseType', schema: words('open', 'overdue', 'closed') })).toEqual([]);
    expect(found({ name: 'isArchived', schema: truth })).toEqual([]);
  });
});
