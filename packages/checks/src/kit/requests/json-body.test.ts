import { describe, expect, it } from 'vitest';
import { todo } from '../testing/recordings-for-tests.ts';
import { operationOf } from './cases.ts';
import { isValidBody, jsonContentOf, stringPlaces } from './json-body.ts';

const createTodo = operationOf(todo, 'createTodo');

describe('jsonContentOf', () => {
  it('finds JSON by any of its names, and none where there is no body', () => {
    expect(jsonContentOf(createTodo)?.mediaType).toBe('application/json');
    expect(jsonContentOf(operationOf(todo, 'patchTodo'))?.mediaType).toBe('application/merge-patch+json');
    expect(jsonContentOf(operationOf(todo, 'getTodo'))).toBeNull();
  });
});

describe('stringPlaces', () => {
  it('points at every text', () => {
    expect(stringPlaces({ a: 'x', b: ['y', 1, { 'c/d~e': 'z' }], f: null })).toEqual(['/a', '/b/0', '/b/2/c~1d~0e']);
    expect(stringPlaces('x')).toEqual(['']);
    expect(stringPlaces(3)).toEqual([]);
  });
});

describe('isValidBody', () => {
  it('goes by the schema of the request', () => {
    expect(isValidBody(todo, createTodo, { title: 'tea' })).toBe(true);
    expect(isValidBody(todo, createTodo, { title: '' })).toBe(false);
    expect(isValidBody(todo, createTodo, { title: 'tea', id: 1 })).toBe(false);
    expect(isValidBody(todo, operationOf(todo, 'getTodo'), {})).toBe(false);
  });
});
