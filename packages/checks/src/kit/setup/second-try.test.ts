import type { Json } from '@assay/contract';
import { inferShape } from '@assay/contract';
import { expect, it } from 'vitest';
import { operationOf } from '../requests/cases.ts';
import { todo } from '../testing/recordings-for-tests.ts';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { secondTry } from './second-try.ts';

const createTodo = operationOf(todo, 'createTodo');
const value = { title: 'tea', notes: 'black', done: true };
const request = {
  operation: 'createTodo',
  path: {},
  query: {},
  headers: {},
  cookies: {},
  body: { mediaType: 'application/json', value },
};
let words = 0;
const context = {
  contract: todo,
  shape: inferShape(todo),
  random: { unique: (prefix: string) => `${prefix}${(words += 1)}` },
};
const tried = (attempt: number): Json => secondTry(context, createTodo, request, attempt).body?.value ?? null;

it('changes texts the first time, and leaves out what is optional the second', () => {
  const first = tried(1);
  expect(first).toEqual({ title: expect.any(String), notes: expect.any(String), done: true });
  expect(first).not.toMatchObject({ title: 'tea' });
  expect(first).not.toMatchObject({ notes: 'black' });
  const second = tried(2);
  expect(second).toEqual({ title: expect.any(String) });
  expect(second).not.toEqual({ title: 'tea' });
});

it('tries dates that are to come, and such as were', () => {
  const dated = { ...request, body: { ...request.body, value: { title: 'tea', dueDate: '9999-12-31' } } };
  const schema = {
    type: 'object',
    required: ['title', 'dueDate'],
    properties: { title: { type: 'string' }, dueDate: { type: 'string', format: 'date' } },
  };
  const contract = contractOf({
    '/stays': { post: { requestBody: { content: { 'application/json': { schema } } }, responses: {} } },
  });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('the contract has no operation');
  const inDays = (attempt: number): number => {
    const { body } = secondTry({ ...context, contract, shape: inferShape(contract) }, operation, dated, attempt);
    const { dueDate = '' } = (body?.value ?? {}) as { readonly dueDate?: string };
    return (Date.parse(dueDate) - Date.now()) / 86_400_000;
  };
  for (const attempt of [2, 4]) expect(Math.abs(inDays(attempt) - 40)).toBeLessThan(22);
  expect(Math.abs(inDays(3) + 40)).toBeLessThan(22);
  expect(inDays(5)).toBeLessThan(-11_000);
  // A list that is filled takes many more attempts: all times come again, to the odd ones and to the even ones.
  const later = [0, 1].map((odd) => [10, 12, 14, 16, 18, 20, 22].map((attempt) => inDays(attempt + odd)));
  for (const days of later) expect(days.filter((each) => Math.abs(each - 40) < 22)).toHaveLength(3);
  for (const days of later) expect(days.filter((each) => Math.abs(each + 40) < 22)).toHaveLength(1);
});

it('has another text each time', () => {
  expect(tried(1)).not.toEqual(tried(1));
});

it('leaves out what seems to refer to something that nobody is known to make', () => {
  const schema = {
    type: 'object',
    required: ['title'],
    properties: { title: { type: 'string' }, assigneeId: { type: 'string' }, owner_id: { type: 'integer' } },
  };
  const contract = contractOf({
    '/cards': {
      post: { requestBody: { content: { 'application/json': { schema } } }, responses: { 201: { description: '' } } },
    },
  } as never);
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('there is one');
  const card = { title: 'tea', assigneeId: 'usr_1', owner_id: 7 };
  const given = { ...request, operation: operation.id, body: { mediaType: 'application/json', value: card } };
  const changed = secondTry({ ...context, contract, shape: inferShape(contract) }, operation, given, 1);
  expect(changed.body?.value).toEqual({ title: expect.any(String) });
});

it('leaves out the number that the thing would be called by, but no name', () => {
  const tried = (id: Json, schema: Json): Json => {
    const card = { type: 'object', required: ['title'], properties: { title: { type: 'string' }, id: schema } };
    const shown = { 'application/json': { schema: card } };
    const contract = contractOf({
      '/cards': { post: { requestBody: { content: shown }, responses: { 201: { description: '', content: shown } } } },
      '/cards/{id}': {
        get: {
          parameters: [{ name: 'id', in: 'path', required: true, schema }],
          responses: { 200: { description: '', content: shown } },
        },
      },
    } as never);
    const [operation] = contract.operations;
    if (operation === undefined) throw new Error('there is one');
    const given = {
      ...request,
      operation: operation.id,
      body: { mediaType: 'application/json', value: { title: 'tea', id } },
    };
    const { body } = secondTry({ ...context, contract, shape: inferShape(contract) }, operation, given, 1);
    return body?.value ?? null;
  };
  expect(tried(373, { type: 'integer' })).toEqual({ title: expect.any(String) });
  expect(tried('tea-1', { type: 'string' })).toEqual({ title: expect.any(String), id: expect.any(String) });
});

it('keeps what a body wraps, though the schema would let it go and it is called like the thing itself', () => {
  const card = { type: 'object', properties: { title: { type: 'string' } } };
  const schema = { type: 'object', properties: { card } };
  const contract = contractOf({
    '/cards': {
      post: { requestBody: { content: { 'application/json': { schema } } }, responses: { 201: { description: '' } } },
    },
  } as never);
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('there is one');
  const wrapped = { mediaType: 'application/json', value: { card: { title: 'tea' } } };
  const given = { ...request, operation: operation.id, body: wrapped };
  const shape = inferShape(contract);
  for (const attempt of [1, 2])
    expect(secondTry({ ...context, contract, shape }, operation, given, attempt).body?.value).toEqual({
      card: { title: expect.any(String) },
    });
});
