import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractFromDocument, readContract, readContractFile } from '../read-contract.ts';
import { describeProblem } from './problem-log.ts';

let folder = '';
const write = (name: string, text: string): string => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'assay-files-'));
  write('secret.yaml', 'type: string\n');
  write(
    'api/schemas/todo.yaml',
    "type: object\nproperties:\n  tag: {$ref: 'tag.yaml#/Tag'}\n  list: {$ref: '../openapi.yaml#/components/schemas/List'}\n  bad: {type: strnig}\n",
  );
  write('api/schemas/tag.yaml', 'Tag: {type: string}\n');
  write(
    'api/paths/todos.yaml',
    "get:\n  operationId: list\n  responses: {'200': {description: ok, content: {application/json: {schema: {$ref: ../schemas/todo.yaml}}}}}\n",
  );
  write('api/broken.yaml', 'a: [');
  symlinkSync(path.join(folder, 'secret.yaml'), path.join(folder, 'api/link.yaml'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const main = (schema: string) => `openapi: 3.0.0
info: {title: T}
paths:
  /todos: {$ref: paths/todos.yaml}
  /other: {get: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '${schema}'}}}}}}}
components: {schemas: {List: {type: array}}}
`;

test('files around the document are read, and lead on to others and back', () => {
  const file = write('api/openapi.yaml', main('schemas/tag.yaml#/Tag'));
  const contract = readContractFile(file);
  expect(contract.operations.map(({ id, path: at }) => [id, at])).toEqual([
    ['list', '/todos'],
    ['GET /other', '/other'],
  ]);
  expect(contract.operations[0]).toMatchObject({ pointer: 'paths/todos.yaml#/get', line: 1 });
  expect(contract.definitions).toMatchObject({
    todo: { properties: { tag: { $ref: '#/$defs/Tag' }, list: { $ref: '#/$defs/List' } } },
    Tag: { type: 'string' },
    List: { type: 'array' },
  });
  expect(contract.problems.map((problem) => describeProblem(file, problem))).toEqual([
    'schemas/todo.yaml:5:9: `strnig` is not a type; the types are string, number, integer, boolean, array and object',
  ]);
});

test('a path with # in it is no file', () => {
  const text = main('schemas/tag.yaml#/Tag').replace('/other', '/token#refresh');
  const file = write('api/token.yaml', text);
  expect(readContractFile(file).problems.map((problem) => describeProblem(file, problem))).toContainEqual(
    expect.stringMatching(/token\.yaml:5:\d+: the path \/token#refresh has a query or a fragment/),
  );
});

test.each([
  ['../secret.yaml', /lies outside the folder/],
  ['../../../../etc/passwd', /lies outside the folder/],
  ['../does-not-exist.yaml', /lies outside the folder/],
  ['link.yaml', /lies outside the folder/],
  ['/etc/passwd', /lies outside the folder/],
  ['none.yaml', /there is no such file/],
  ['schemas', /it is not a file/],
  ['broken.yaml', /broken\.yaml:1:\d+/],
  ['file:///etc/passwd', /it is not a local file/],
  ['//example.com/a.yaml', /it is not a local file/],
])('a reference to %s', (reference, message) => {
  const file = write('api/openapi.yaml', main(reference));
  const problem = readContractFile(file).problems.find(({ pointer }) => pointer.startsWith('/paths/~1other'));
  expect(problem?.message).toMatch(message);
  expect(problem?.line).toBe(5);
});

test('a wider folder can be given', () => {
  const file = write('api/openapi.yaml', main('../secret.yaml'));
  expect(readContractFile(file, { folder }).definitions).toMatchObject({ secret: { type: 'string' } });
});

test('a document that was served, or is at hand as a value, has no files around it', () => {
  const messages = [
    readContract({
      path: 'http://localhost:3000/openapi.yaml',
      text: main('schemas/tag.yaml#/Tag').replace(
        '{$ref: paths/todos.yaml}',
        "{get: {responses: {'200': {description: ok}}}}",
      ),
    }),
    contractFromDocument(
      { openapi: '3.0.0', paths: { '/a': { get: { responses: {} } }, '/b': { $ref: 'b.yaml' } } },
      'memory',
    ),
  ].map((contract) => contract.problems.find(({ message }) => message.includes('cannot be read'))?.message);
  expect(messages).toEqual([
    '`schemas/tag.yaml#/Tag` cannot be read: the contract was not read from a file, so it has no files around it',
    '`b.yaml` cannot be read: the contract was not read from a file, so it has no files around it',
  ]);
});
