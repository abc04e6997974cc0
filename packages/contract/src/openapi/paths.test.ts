import { describe, expect, test } from 'vitest';
import { operationOf, problemsOf, read, yaml } from './document-for-tests.ts';

const ok = "responses: {'200': {description: ok}}";

describe('a path that refers to another', () => {
  const text = yaml(
    `paths:
  /a/{id}:
    $ref: '#/components/pathItems/A'
    summary: beside
    parameters: [{name: page, in: query, schema: {type: integer}}]
    post: {operationId: add, ${ok}}
    put: {operationId: own, ${ok}}
components:
  pathItems:
    A:
      summary: behind
      servers: [{url: /v1}]
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}, {name: page, in: query, schema: {type: string}}]
      get: {operationId: see, summary: its own, ${ok}}
      put: {operationId: hidden, ${ok}}`,
    '3.1.0',
  );

  test('has the methods of both, and of a method in both the one beside the reference', () => {
    const { operations, problems } = read(text);
    expect(operations.map(({ id, method, path }) => [id, method, path])).toEqual([
      ['add', 'POST', '/v1/a/{id}'],
      ['own', 'PUT', '/v1/a/{id}'],
      ['see', 'GET', '/v1/a/{id}'],
    ]);
    expect(problems).toEqual([]);
  });

  test.each(['add', 'see'])('gives %s the parameters of both, those beside the reference first', (id) => {
    const { parameters } = operationOf(read(text), id);
    expect(parameters.map(({ name, schema }) => [name, schema])).toEqual([
      ['page', { type: 'integer' }],
      ['id', { type: 'integer' }],
    ]);
  });

  test('gives its summary to the operations that have none', () => {
    expect(['add', 'see'].map((id) => operationOf(read(text), id).summary)).toEqual(['beside', 'its own']);
  });

  test('keeps its own methods where the reference leads nowhere, and says so', () => {
    const dangling = yaml(`paths: {/a: {$ref: '#/components/pathItems/B', get: {operationId: see, ${ok}}}}`, '3.1.0');
    expect(read(dangling).operations.map(({ id }) => id)).toEqual(['see']);
    expect(problemsOf(dangling)).toEqual([expect.stringContaining('`#/components/pathItems/B` does not exist')]);
  });
});
