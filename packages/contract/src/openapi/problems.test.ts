import { describe, expect, test } from 'vitest';
import { operationOf, problemsOf, read, yaml } from './document-for-tests.ts';

const ok = "responses: {'200': {description: ok}}";

/** Each: what is wrong, the document from line 3 on, and all that is said of it. Another operation is always there and always kept. */
const cases: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'a parameter without `in`',
    `parameters: [{name: q, schema: {type: string}}], ${ok}`,
    ['4:18: the parameter `q` has no `in` (path, query, header or cookie); it is left out'],
  ],
  [
    'an unknown `in`',
    `parameters: [{name: q, in: url}], ${ok}`,
    ['4:28: `in` of the parameter `q` must be path, query, header or cookie; it is left out'],
  ],
  [
    '`in: body` of 2.0',
    `parameters: [{name: q, in: body}], ${ok}`,
    ["4:28: `in: body` is OpenAPI 2.0; since 3.0 this is the operation's `requestBody`"],
  ],
  ['a parameter without name', `parameters: [{in: query}], ${ok}`, ['4:18: a parameter has no `name`; it is left out']],
  [
    'a parameter without schema',
    `parameters: [{name: q, in: query}], ${ok}`,
    ['4:18: the parameter `q` has neither `schema` nor `content`; it is taken for a string'],
  ],
  [
    'a header that cannot be called so',
    `parameters: [{name: X Trace, in: header, schema: {}}], ${ok}`,
    ['4:18: no header can be called `X Trace`; the parameter is left out'],
  ],
  [
    'a type beside `in`',
    `parameters: [{name: q, in: query, type: integer}], ${ok}`,
    ['4:39: the type of a parameter stands in its `schema` since OpenAPI 3.0; it is read from here'],
  ],
  [
    'a parameter twice',
    `parameters: [{name: q, in: query, schema: {}}, {name: q, in: query, schema: {}}], ${ok}`,
    ['4:52: the query parameter `q` is declared twice; the first is used'],
  ],
  [
    'a path parameter that is not in the path',
    `parameters: [{name: id, in: path, required: true, schema: {}}], ${ok}`,
    ['4:18: the path parameter `id` does not stand in the path /bad; it is left out'],
  ],
  [
    'an unknown style',
    `parameters: [{name: q, in: query, style: matrix, schema: {}}], ${ok}`,
    [
      '4:39: `style` of a query parameter must be form or spaceDelimited or pipeDelimited or deepObject; it is taken for form',
    ],
  ],
  ['`parameters` as an object', `parameters: {q: 1}, ${ok}`, ['4:5: `parameters` must be a list; it is left out']],
  ['no responses', 'summary: x', ['3:90: the operation has no `responses`; nothing is known of its answers']],
  [
    'a status that is none',
    "responses: {'20': {description: x}, '200': {description: x}}",
    ['4:17: `20` is not a status: 100 to 599, 1XX to 5XX, or default; it is left out'],
  ],
  ['a response without description', "responses: {'200': {}}", ['4:17: the response 200 has no `description`']],
  ['an empty response', "responses: {'200': }", ['4:17: the response 200 is empty; nothing is known of it']],
  [
    'a dangling response',
    "responses: {'200': {$ref: '#/components/responses/No'}}",
    ['4:17: `#/components/responses/No` does not exist'],
  ],
  [
    'a reference without quotes',
    "responses: {'200': {$ref: }}",
    ['4:17: `$ref` must be a text; in YAML a reference that begins with # needs quotes'],
  ],
  [
    'a reference to the network',
    "responses: {'200': {$ref: 'https://example.com/a.yaml#/x'}}",
    [
      '4:17: `https://example.com/a.yaml#/x` cannot be read: it is not a local file, and nothing is fetched from the network',
    ],
  ],
  [
    'a schema of 2.0 in a response',
    "responses: {'200': {description: x, schema: {type: string}}}",
    [
      '4:41: the schema of a response stands in its `content` since OpenAPI 3.0; it is read as that of application/json',
    ],
  ],
  [
    'a media type that is none',
    "responses: {'200': {description: x, content: {foo: {}}}}",
    ['4:51: `foo` is not a media type; it is left out'],
  ],
  [
    'a short media type',
    "responses: {'200': {description: x, content: {json: {}}}}",
    ['4:51: `json` is not a media type; it is taken for application/json'],
  ],
  [
    'a media type twice',
    "responses: {'200': {description: x, content: {a/b; c=d: {}, a/b;C=d: {}}}}",
    ['4:65: `a/b;C=d` says again what a/b is; the first is used'],
  ],
  [
    'a link to nowhere',
    "responses: {'200': {description: x, links: {next: {operationId: gone}}}}",
    ['4:49: the link `next` is left out: there is no operation `gone`'],
  ],
  [
    'a body without content',
    `requestBody: {required: true}, ${ok}`,
    ['4:5: the request body has no `content`; it is left out'],
  ],
  [
    'an unknown security scheme',
    `security: [{key: []}], ${ok}`,
    ['4:16: `key` is not one of the security schemes that can be read; this alternative is left out'],
  ],
  [
    'an operationId that is taken',
    `operationId: good, ${ok}`,
    ['4:5: the operationId `good` is taken by an operation above; this one is called `GET /bad`'],
  ],
  ['an operationId that is no text', `operationId: 7, ${ok}`, ['4:5: `operationId` must be a text; it is left out']],
];

describe('what is wrong in one operation', () => {
  test.each(cases)('%s', (_, operation, expected) => {
    const text = yaml(`paths: {/good: {get: {operationId: good, ${ok}}}, /bad: {get: {\n    ${operation}}}}`);
    expect(problemsOf(text)).toEqual(expected.map((line) => `api.yaml:${line}`));
    expect(read(text).operations.map(({ path }) => path)).toEqual(['/good', '/bad']);
  });
});

test('a response needs no description since OpenAPI 3.2', () => {
  const body = "paths: {/a: {get: {responses: {'200': {summary: ok}}}}}";
  expect(problemsOf(yaml(body, '3.1.0'))).toEqual(['api.yaml:3:32: the response 200 has no `description`']);
  expect(problemsOf(yaml(body, '3.2.0'))).toEqual([]);
});

describe('what is wrong with a path', () => {
  const document = (paths: string) => yaml(`paths:\n  /good: {get: {${ok}}}\n${paths}`);
  test.each([
    ['without a slash', `  a: {get: {${ok}}}`, ['5:3: the path a must begin with a slash'], ['/good', '/a']],
    [
      'with a query',
      `  /a?b=c: {get: {${ok}}}`,
      ['5:3: the path /a?b=c has a query or a fragment, which is no part of a path; it is left out'],
      ['/good'],
    ],
    [
      'with braces that do not match',
      `  /a/{id: {get: {${ok}}}`,
      ['5:3: the braces of the path /a/{id do not match; it is left out'],
      ['/good'],
    ],
    [
      'in the style of a router',
      `  /a/:id: {get: {parameters: [{name: id, in: path, required: true, schema: {}}], ${ok}}}`,
      ['5:3: the path /a/:id has parameters in the style of a router; it is read as /a/{id}'],
      ['/good', '/a/{id}'],
    ],
    [
      'with an undeclared parameter',
      `  /a/{id}: {get: {${ok}}}`,
      ['5:13: the path has {id}, which no parameter declares; it is taken for a string'],
      ['/good', '/a/{id}'],
    ],
    [
      'with a parameter that may be absent',
      `  /a/{id}: {get: {parameters: [{name: id, in: path, schema: {}}], ${ok}}}`,
      ['5:32: the path parameter `id` must say `required: true`'],
      ['/good', '/a/{id}'],
    ],
    [
      'that is the same as another',
      `  /a/{b}: {get: {parameters: [{name: b, in: path, required: true, schema: {}}], ${ok}}}\n  /a/{c}: {get: {parameters: [{name: c, in: path, required: true, schema: {}}], ${ok}}}`,
      ['6:12: GET /a/{c} matches the same requests as GET /a/{b}'],
      ['/good', '/a/{b}', '/a/{c}'],
    ],
    ['with an unknown method', `  /a: {fetch: {${ok}}}`, ['5:8: `fetch` is not a method; it is left out'], ['/good']],
    [
      'with a method in capitals',
      `  /a: {GET: {${ok}}}`,
      ['5:8: the method `GET` is written in lower case'],
      ['/good', '/a'],
    ],
    [
      'with an operation that is none',
      '  /a: {get: 1}',
      ['5:8: the operation GET must be an object; it is left out'],
      ['/good'],
    ],
    ['that is empty', '  /a:', [], ['/good']],
    ['that leads nowhere', "  /a: {$ref: '#/x'}", ['5:3: `#/x` does not exist'], ['/good']],
    [
      'with references in a circle',
      "  /a: {$ref: '#/paths/~1b'}\n  /b: {$ref: '#/paths/~1a'}",
      ['5:3: `#/paths/~1b` leads back to itself', '6:3: `#/paths/~1a` leads back to itself'],
      ['/good'],
    ],
  ])('%s', (_, paths, problems, kept) => {
    expect(problemsOf(document(paths))).toEqual(problems.map((problem) => `api.yaml:${problem}`));
    expect(read(document(paths)).operations.map(({ path }) => path)).toEqual(kept);
  });
});

describe('an operation whose requests cannot be known is left out', () => {
  const document = (operation: string) =>
    yaml(`paths:\n  /good: {get: {${ok}}}\n  /bad: {post: {operationId: bad, ${operation}, ${ok}}}`);
  const left = (operation: string) => {
    const contract = read(document(operation));
    return { ids: contract.operations.map(({ id }) => id), messages: contract.problems.map(({ message }) => message) };
  };

  test('when its body must be there', () => {
    const { ids, messages } = left(
      "requestBody: {required: true, content: {application/json: {schema: {$ref: '#/no'}}}}",
    );
    expect(ids).toEqual(['GET /good']);
    expect(messages).toEqual([
      'POST /bad is left out, because its request body cannot be read',
      '`#/no` does not exist',
    ]);
  });

  test('not when the body may be absent, or has another media type', () => {
    expect(left("requestBody: {content: {application/json: {schema: {$ref: '#/no'}}}}").ids).toEqual([
      'GET /good',
      'bad',
    ]);
    const contract = read(
      document(
        "requestBody: {required: true, content: {application/json: {schema: {$ref: '#/no'}}, text/plain: {schema: {type: string}}}}",
      ),
    );
    expect(operationOf(contract, 'bad').requestBody?.content.map(({ mediaType }) => mediaType)).toEqual(['text/plain']);
  });

  test('not when what cannot be read is a property that no request needs', () => {
    const contract = read(
      document(
        "requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {a: {type: string}, b: {$ref: '#/no'}}}}}}",
      ),
    );
    expect(operationOf(contract, 'bad').requestBody?.content[0]?.schema).toEqual({
      type: 'object',
      properties: { a: { type: 'string' }, b: { readOnly: true } },
    });
  });

  test('when a parameter that it needs cannot be read; one that it does not need is left out alone', () => {
    const { ids, messages } = left(
      "parameters: [{name: q, in: query, required: true, schema: {type: string, pattern: '('}}]",
    );
    expect(ids).toEqual(['GET /good']);
    expect(messages).toEqual([
      'POST /bad is left out, because its query parameter `q` cannot be read',
      '`pattern` is not a regular expression (ECMAScript); it is left out',
    ]);
    expect(
      operationOf(read(document("parameters: [{name: q, in: query, schema: {type: string, pattern: '('}}]")), 'bad')
        .parameters,
    ).toEqual([]);
  });
});
