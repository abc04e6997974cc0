import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { todo } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { hash, opaque, operationOf, plainCases } from './cases.ts';
import { isValidBody } from './json-body.ts';

const context = contextOf(
  todo,
  scripted(() => [200]),
);
const createTodo = operationOf(todo, 'createTodo');

function taken(stream?: string): readonly string[] {
  const cases = plainCases(context, createTodo, stream);
  return Array.from({ length: 40 }, () => JSON.stringify(cases.next().value));
}

describe('plainCases', () => {
  it('are valid, without end, and the same for the same seed', () => {
    const cases = plainCases(context, createTodo);
    for (let index = 0; index < 40; index += 1)
      expect(isValidBody(todo, createTodo, cases.next().value?.body?.value ?? null)).toBe(true);
    expect(taken()).toEqual(taken());
  });

  it('are others in another stream and after another seed', () => {
    expect(taken('fill')).not.toEqual(taken());
    const other = { ...context, random: { ...context.random, seed: 2 } };
    expect(JSON.stringify(plainCases(other, createTodo).next().value)).not.toBe(taken()[0]);
  });

  it('never make a cursor up', () => {
    const list = operationOf(todo, 'listTodos');
    expect(opaque(context, list)).toEqual(['query:cursor']);
    expect(opaque(context, createTodo)).toEqual([]);
    const cases = plainCases(context, list);
    for (let index = 0; index < 40; index += 1) expect(cases.next().value?.query).not.toHaveProperty('cursor');
  });

  it('are JSON where forms are taken as well', () => {
    const schema = { type: 'object', properties: { a: { type: 'string' } } };
    const content = { 'application/x-www-form-urlencoded': { schema }, 'application/json': { schema } };
    const requestBody = { required: true, content };
    const contract = contractOf({
      '/a': { post: { operationId: 'a', requestBody, responses: { 200: { description: 'ok' } } } },
    });
    const cases = plainCases(
      contextOf(
        contract,
        scripted(() => [200]),
      ),
      operationOf(contract, 'a'),
    );
    for (let index = 0; index < 20; index += 1) expect(cases.next().value?.body?.mediaType).toBe('application/json');
  });
});

describe('plainCases, of documents in which JSON is not the one content', () => {
  const schema = (a: Json): Json => ({ type: 'object', required: ['a'], properties: { a } });
  const firstOf = (content: Json) => {
    const requestBody = { required: true, content };
    const contract = contractOf({
      '/a': { post: { operationId: 'a', requestBody, responses: { 200: { description: 'ok' } } } },
    });
    const backend = scripted(() => [200]);
    return plainCases(contextOf(contract, backend), operationOf(contract, 'a')).next().value?.body?.mediaType;
  };
  const text = { schema: schema({ type: 'string' }) };

  it('are of the type that is named in full, or of one that the range stands for', () => {
    expect(firstOf({ 'application/*+json': text, 'application/json': text, 'text/json': text })).toBe(
      'application/json',
    );
    expect(firstOf({ 'application/*+json': text })).toBe('application/vnd.assay+json');
  });

  it('end where none in JSON can be made, and only one as a form', () => {
    const impossible = { schema: schema({ allOf: [{ type: 'string' }, { type: 'integer' }] }) };
    expect(firstOf({ 'application/json': impossible, 'application/x-www-form-urlencoded': text })).toBeUndefined();
  });
});

describe('hash', () => {
  it('is FNV-1a', () => {
    expect([hash(''), hash('a'), hash('foobar')].map((value) => (value >>> 0).toString(16))).toEqual([
      '811c9dc5',
      'e40c292c',
      'bf9cf968',
    ]);
  });
});

describe('operationOf', () => {
  it('finds an operation by its id', () => {
    expect(operationOf(todo, 'getTodo').path).toBe('/todos/{id}');
    expect(() => operationOf(todo, 'no-such')).toThrow('no-such');
  });
});
