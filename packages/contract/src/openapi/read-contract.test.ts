import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Fault } from '../vocabulary/fault.ts';
import { answering, faultOf, operationOf, read, yaml } from './document-for-tests.ts';
import { contractFromDocument, readContract, readContractFile } from './read-contract.ts';

describe('a document that is none', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['empty', '', 'api.yaml:1:1: the document is empty\n  1 | \n    | ^'],
    ['plain text', 'hello', 'api.yaml:1:1: this is not an OpenAPI document: it is plain text\n  1 | hello\n    | ^'],
    ['a list', '- a', 'api.yaml:1:1: this is not an OpenAPI document: it is a list\n  1 | - a\n    | ^'],
    [
      'Kubernetes',
      'apiVersion: v1\nkind: Pod',
      'api.yaml:1:1: this is not an OpenAPI 3 document: it is a Kubernetes manifest\n  1 | apiVersion: v1\n    | ^',
    ],
    [
      'Swagger 2',
      "info: {}\nswagger: '1.2'",
      "api.yaml:2:1: this is not an OpenAPI 3 document: it is Swagger 1.2; 2.0 is the oldest that is understood\n  2 | swagger: '1.2'\n    | ^",
    ],
    [
      'a version to come',
      'openapi: 4.0.0',
      'api.yaml:1:1: `openapi` must be a version that is understood, such as 3.0.3 or 3.1.0; it is "4.0.0"\n  1 | openapi: 4.0.0\n    | ^',
    ],
    [
      'WSDL',
      '<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"/>',
      'api.yaml:1:1: the document has no operation over SOAP, so there is nothing to judge\n  1 | <definitions xmlns="http://schemas.xmlsoap.org/wsdl/"/>\n    | ^',
    ],
    [
      'a web page',
      '<!DOCTYPE html><html/>',
      'api.yaml:1:1: this is neither an OpenAPI 3 document nor a WSDL 1.1: it is a web page',
    ],
    [
      'no operation',
      'openapi: 3.0.0\npaths: {}',
      'api.yaml:2:1: the document has no operation under `paths`, so there is nothing to judge\n  2 | paths: {}\n    | ^',
    ],
    [
      'a duplicate key',
      'openapi: 3.0.0\npaths:\n  /a: {}\n  /a: {}',
      'api.yaml:4:3: the key `/a` stands twice in the same object; first on line 3\n  4 |   /a: {}\n    |   ^',
    ],
    [
      'the same status twice',
      'a:\n  200: 1\n  "200": 2',
      'api.yaml:3:3: the key `200` stands twice in the same object; first on line 2\n  3 |   "200": 2\n    |   ^',
    ],
    [
      'JSON with a mistake',
      '{"openapi": "3.0.0", "paths" {}}',
      'api.json:1:30: expected `:`, found `{`\n  1 | {"openapi": "3.0.0", "paths" {}}\n    |                              ^',
    ],
    [
      'a tab',
      'openapi: 3.0.0\npaths:\n\t/a: {}',
      'api.yaml:3:1: YAML is indented with spaces; this is a tab\n  3 |  /a: {}\n    | ^',
    ],
    [
      'a colon in a text',
      'info:\n  title: a: b',
      'api.yaml:2:10: a key cannot stand here: either the indentation is wrong, or a text with `: ` in it needs quotes\n  2 |   title: a: b\n    |          ^',
    ],
    [
      'two documents',
      'openapi: 3.0.0\n---\na: 1',
      'api.yaml:2:1: a second YAML document begins here; a contract is one document\n  2 | ---\n    | ^',
    ],
  ];
  test.each(cases)('%s', (_, text, message) => {
    const fault = faultOf(() => readContract({ path: message.slice(0, message.indexOf(':')), text }));
    expect(fault).toBeInstanceOf(Fault);
    expect(fault.code).toBe('bad-contract');
    expect(fault.message).toBe(message);
  });

  test('a file that is not there, a folder, and bytes that are no text', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'assay-contract-'));
    try {
      const latin = path.join(folder, 'latin.yaml');
      writeFileSync(latin, Buffer.from('openapi: 3.0.0\ntitle: caf\xe9\n', 'latin1'));
      expect(faultOf(() => readContractFile(latin)).message).toBe(`${latin}:2:1: this line is not valid UTF-8`);
      expect(faultOf(() => readContractFile(path.join(folder, 'none.yaml'))).message).toContain(
        'there is no such file',
      );
      expect(faultOf(() => readContractFile(folder)).message).toContain('this is a folder');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('what is read in spite of its dress', () => {
  const json = JSON.stringify(
    { openapi: '3.0.0', info: { title: 'T' }, paths: { '/a': { get: { responses: { 200: { description: 'ok' } } } } } },
    null,
    '\t',
  );
  test.each([
    ['a byte-order mark', `\uFEFF${json}`],
    ['Windows line ends and tabs in JSON', json.replaceAll('\n', '\r\n')],
    [
      'comments and trailing commas in JSON',
      json.replace('"info"', '# a comment\n"info"').replace(/\}$/, ',}').replaceAll('\t', ' '),
    ],
    [
      'a version without quotes',
      'openapi: 3.0\ninfo: {title: T}\npaths: {/a: {get: {responses: {200: {description: ok}}}}}',
    ],
    [
      'anchors and merge keys',
      'x: &ok {description: ok}\nopenapi: 3.0.0\ninfo: {title: T}\npaths: {/a: {get: {responses: {200: {<<: *ok}}}}}',
    ],
  ])('%s', (_, text) => {
    const contract = readContract({ path: 'api.json', text });
    expect(contract.title).toBe('T');
    expect(contract.problems).toEqual([]);
    expect(operationOf(contract, 'GET /a').responses[0]).toMatchObject({ status: '200', description: 'ok' });
  });

  test('UTF-16 with a byte-order mark', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'assay-contract-'));
    try {
      const file = path.join(folder, 'api.json');
      writeFileSync(file, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(json, 'utf16le')]));
      expect(readContractFile(file).operations).toHaveLength(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('a document at hand as a value has pointers and no lines', () => {
    const contract = contractFromDocument(
      { openapi: '3.1.0', paths: { '/a/{id}': { get: {} } } },
      'http://localhost/openapi.json',
    );
    expect(contract.operations[0]).toMatchObject({ id: 'GET /a/{id}', line: null, pointer: '/paths/~1a~1{id}/get' });
    expect(contract.problems).toEqual([
      {
        message: 'the path has {id}, which no parameter declares; it is taken for a string',
        line: null,
        column: null,
        pointer: '/paths/~1a~1{id}/get',
      },
    ]);
  });

  test('a document of five megabytes', () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 4000 }, (_, index) => [
        `S${index}`,
        {
          type: 'object',
          description: 'x'.repeat(1100),
          properties: { next: { $ref: `#/components/schemas/S${(index + 1) % 4000}` } },
        },
      ]),
    );
    const text = JSON.stringify(
      {
        openapi: '3.0.0',
        paths: { '/a': { get: { responses: { 200: { description: 'ok' } } } } },
        components: { schemas },
      },
      null,
      2,
    );
    expect(text.length).toBeGreaterThan(4_500_000);
    expect(Object.keys(readContract({ path: 'big.json', text }).definitions)).toHaveLength(4000);
  });
});

describe('dangling references', () => {
  const half = yaml(`
paths:
  /good: {get: {responses: {'200': {description: ok}}}}
  /bad:
    get:
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Tood'}
components: {schemas: {Todo: {type: object}}}`);
  const problem = '`#/components/schemas/Tood` does not exist; did you mean `#/components/schemas/Todo`?';

  test('are a problem where something else can be judged', () => {
    const contract = read(half);
    expect(contract.problems).toEqual([
      {
        message: problem,
        line: 12,
        column: 24,
        pointer: '/paths/~1bad/get/responses/200/content/application~1json/schema/$ref',
      },
    ]);
    expect(operationOf(contract, 'GET /bad').responses[0]?.content[0]?.schema).toEqual({});
  });

  test('are a fault where they touch every operation', () => {
    const all = half.replace(/ {2}\/good.*\n/, '');
    expect(faultOf(() => read(all)).message).toBe(
      `api.yaml:11:24: ${problem}\n  11 |               schema: {$ref: '#/components/schemas/Tood'}\n     |                        ^`,
    );
  });

  test('are a fault when asked to be strict, like all that loses the meaning', () => {
    expect(faultOf(() => read(half, { strict: true })).message).toContain('api.yaml:12:24: ');
    expect(() => read(answering('{type: string, enum: []}'), { strict: true })).not.toThrow();
    expect(faultOf(() => read(answering('{type: strnig}'), { strict: true })).message).toContain(
      '`strnig` is not a type',
    );
  });
});
