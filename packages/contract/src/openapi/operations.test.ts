import { describe, expect, test } from 'vitest';
import { operationOf, problemsOf, read, yaml } from './document-for-tests.ts';

const ok = "responses: {'200': {description: ok}}";

describe('servers', () => {
  test.each([
    ['[{url: https://api.shop.example/v1}]', '/v1'],
    ['[{url: https://api.shop.example/v1}, {url: https://test.shop.example/v1}]', '/v1'],
    ['[{url: https://api.shop.example}]', undefined],
    ['[{url: https://api.shop.example/v1}, {url: http://localhost:8080/v1}]', undefined],
    ['[{url: /v1}]', undefined],
    ['[]', undefined],
  ])('%s: what may be the path of a gateway alone', (servers, base) => {
    expect(read(yaml(`servers: ${servers}\npaths: {/a: {get: {${ok}}}}`)).distantBase).toBe(base);
  });

  const path = (servers: string, operation = '', source = 'api.yaml') =>
    read(yaml(`servers: ${servers}\npaths: {/a/: {get: {${operation}${ok}}}}`)).operations[0]?.path ?? source;
  test.each([
    ['[]', '/a/'],
    ['[{url: /}]', '/a/'],
    ['[{url: /api/v1/}]', '/api/v1/a/'],
    ['[{url: v1}]', '/v1/a/'],
    ['[{url: "https://api.example.com/v2"}, {url: /other}]', '/v2/a/'],
    ['[{url: "localhost:8080/v3"}]', '/v3/a/'],
    ['[{url: "api.example.com/v3"}]', '/v3/a/'],
    ['[{url: "index.php/v3"}]', '/index.php/v3/a/'],
    ['[{url: "https://api.example.com/v1"}, {url: "http://localhost:3000"}]', '/a/'],
    ['[{url: "https://api.example.com/v1"}, {url: "http://[::1]:3000/dev"}]', '/dev/a/'],
    ['[{url: /v1}, {url: "http://localhost:3000"}]', '/v1/a/'],
    [
      '[{url: "https://{region}.example.com/{base}", variables: {region: {default: eu}, base: {default: v4}}}]',
      '/v4/a/',
    ],
  ])('%s', (servers, expected) => {
    expect(path(servers)).toBe(expected);
  });

  test('of a path and of an operation come first', () => {
    expect(path('[{url: /v1}]', 'servers: [{url: /own}], ')).toBe('/own/a/');
    const text = yaml(
      `servers: [{url: /v1}]\npaths: {/a: {servers: [{url: /path}], get: {${ok}}}, /b: {get: {${ok}}}}`,
    );
    expect(read(text).operations.map((operation) => operation.path)).toEqual(['/path/a', '/v1/b']);
  });

  test('one that cannot be used is passed over, and said', () => {
    const text = yaml(
      `servers: [{description: x}, {url: 'http://'}, {url: '/{v}/x', variables: {v: {}}}]\npaths: {/a: {get: {${ok}}}}`,
    );
    expect(read(text).operations[0]?.path).toBe('/x/x/a');
    expect(problemsOf(text).map((problem) => problem.slice('api.yaml:3:'.length))).toEqual([
      '11: a server has no `url`; it is left out',
      '30: `http://` is not a URL; it is left out',
      '48: the variable {v} of the server has no `default`',
    ]);
  });
});

describe('parameters', () => {
  const document = yaml(`
paths:
  /a/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: q, in: query, schema: {type: string}, description: shared}
    get:
      operationId: a
      parameters:
        - {name: q, in: query, required: true, schema: {type: array, items: {type: string}}, style: pipeDelimited, description: own}
        - $ref: '#/components/parameters/Filter'
        - {name: session, in: cookie, schema: {type: string}, examples: {one: {value: s1}, two: {$ref: '#/components/examples/Two'}}}
        - {name: Accept, in: header, schema: {type: string}}
        - {name: X-Trace, in: header, schema: {type: string}, example: t}
      ${ok}
components:
  examples: {Two: {value: s2}}
  parameters: {Filter: {name: filter, in: query, content: {application/json: {schema: {type: object}, example: {a: 1}}}}}`);

  test('its own come before those of the path; the reserved headers are ignored', () => {
    const plain = { explode: false, examples: [], description: '', required: false };
    expect(problemsOf(document)).toEqual([]);
    expect(operationOf(read(document), 'a').parameters).toEqual([
      {
        ...plain,
        name: 'q',
        in: 'query',
        required: true,
        style: 'pipeDelimited',
        schema: { type: 'array', items: { type: 'string' } },
        description: 'own',
      },
      {
        ...plain,
        name: 'filter',
        in: 'query',
        style: 'form',
        explode: true,
        schema: { type: 'object' },
        examples: [{ a: 1 }],
        mediaType: 'application/json',
      },
      {
        ...plain,
        name: 'session',
        in: 'cookie',
        style: 'form',
        explode: true,
        schema: { type: 'string' },
        examples: ['s1', 's2'],
      },
      { ...plain, name: 'X-Trace', in: 'header', style: 'simple', schema: { type: 'string' }, examples: ['t'] },
      { ...plain, name: 'id', in: 'path', required: true, style: 'simple', schema: { type: 'string' } },
    ]);
  });
});

describe('operations', () => {
  const document = yaml(`
security: [{key: []}]
tags: [{name: t}]
paths:
  x-note: 1
  /a:
    x-own: 1
    summary: of the path
    get: {operationId: list, tags: [t], deprecated: true, responses: {200: {description: ok}, 4xx: {description: no}, default: {$ref: '#/components/responses/Error'}}}
    head: {summary: own, security: [], ${ok}}
    options: {security: [{}, {key: [], login: [a]}], ${ok}}
    trace: {${ok}}
    post:
      operationId: add
      requestBody: {$ref: '#/components/requestBodies/A'}
      responses:
        '201':
          description: made
          headers: {Location: {required: true, schema: {type: string}}, Content-Type: {schema: {type: string}}, X: {$ref: '#/components/headers/X'}}
          links:
            one: {operationId: list, parameters: {id: $response.body#/id, n: 3}}
            two: {operationRef: '#/paths/~1a/get'}
components:
  headers: {X: {schema: {type: integer}}}
  requestBodies: {A: {required: true, content: {'Application/JSON; charset=utf-8': {schema: {type: object}, example: {a: 1}}, 'image/*': {}}}}
  responses: {Error: {description: bad, content: {application/problem+json: {schema: {type: object}}}}}
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    login: {type: http, scheme: Bearer}
    flow: {type: oauth2, flows: {}}`);
  const contract = read(document);

  test('are read whole', () => {
    expect(problemsOf(document)).toEqual([]);
    expect(contract.operations.map(({ id, method }) => [id, method])).toEqual([
      ['list', 'GET'],
      ['HEAD /a', 'HEAD'],
      ['OPTIONS /a', 'OPTIONS'],
      ['TRACE /a', 'TRACE'],
      ['add', 'POST'],
    ]);
    expect(operationOf(contract, 'list')).toMatchObject({
      summary: 'of the path',
      tags: ['t'],
      deprecated: true,
      pointer: '/paths/~1a/get',
      line: 10,
    });
    expect(operationOf(contract, 'HEAD /a').summary).toBe('own');
  });

  test('their security is their own or inherited', () => {
    expect(operationOf(contract, 'list').security).toEqual([['key']]);
    expect(operationOf(contract, 'HEAD /a').security).toEqual([]);
    expect(operationOf(contract, 'OPTIONS /a').security).toEqual([[], ['key', 'login']]);
    expect(contract.securitySchemes).toEqual([
      { name: 'key', type: 'apiKey', scheme: null, in: 'header', parameter: 'X-Key' },
      { name: 'login', type: 'http', scheme: 'bearer', in: null, parameter: null },
      { name: 'flow', type: 'oauth2', scheme: null, in: null, parameter: null },
    ]);
  });

  test('their responses, by number, range or default', () => {
    expect(
      operationOf(contract, 'list').responses.map(({ status, content }) => [
        status,
        content.map(({ mediaType }) => mediaType),
      ]),
    ).toEqual([
      ['200', []],
      ['4XX', []],
      ['default', ['application/problem+json']],
    ]);
  });

  test('their bodies, headers and links', () => {
    const add = operationOf(contract, 'add');
    expect(add.requestBody).toEqual({
      required: true,
      content: [
        { mediaType: 'application/json', schema: { type: 'object' }, examples: [{ a: 1 }] },
        { mediaType: 'image/*', schema: true, examples: [] },
      ],
    });
    expect(add.responses[0]?.headers).toEqual([
      { name: 'Location', required: true, schema: { type: 'string' } },
      { name: 'X', required: false, schema: { type: 'integer' } },
    ]);
    expect(add.responses[0]?.links).toEqual([
      { name: 'one', operation: 'list', parameters: { id: '$response.body#/id', n: '3' }, requestBody: undefined },
      { name: 'two', operation: 'list', parameters: {}, requestBody: undefined },
    ]);
  });
});
