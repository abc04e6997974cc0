import { describe, expect, test } from 'vitest';
import { faultOf, operationOf, problemsOf, read, yaml } from './document-for-tests.ts';

const ok = "responses: {'200': {description: ok}}";

describe('a parameter that cannot be read and may be required', () => {
  const document = (parameter: string) =>
    yaml(`paths: {/good: {get: {${ok}}}, /bad: {get: {\n    parameters: [${parameter}], ${ok}}}}`);

  test.each([
    ["{$ref: '#/components/parameters/No'}", 'its parameter `#/components/parameters/No`'],
    ['{name: q, required: true}', 'its parameter `q`'],
    ['{name: q, in: url, required: true}', 'its parameter `q`'],
    ['{name: q, in: body, required: true}', 'its parameter `q`'],
    ['{in: query, required: true}', 'one of its parameters'],
    ['{name: q, in: querystring, required: true, content: {application/json: {}}}', 'its parameter `q`'],
  ])('takes its operation along: %s', (parameter, what) => {
    const text = document(parameter);
    expect(problemsOf(text)).toContainEqual(
      expect.stringContaining(`GET /bad is left out, because ${what} cannot be read`),
    );
    expect(read(text).operations.map(({ path }) => path)).toEqual(['/good']);
  });

  test.each(['{name: q, in: url}', '{in: query}', '{name: X Y, in: header, required: true}'])(
    'and one that is not does not: %s',
    (parameter) => {
      expect(read(document(parameter)).operations.map(({ path }) => path)).toEqual(['/good', '/bad']);
    },
  );

  test('and where nothing is left, what leads nowhere is told rather than what is left out for it', () => {
    const text = yaml(`paths: {/bad: {get: {\n    parameters: [{$ref: '#/components/parameters/No'}], ${ok}}}}`);
    expect(faultOf(() => read(text)).message).toMatch(
      /^api.yaml:4:\d+: `#\/components\/parameters\/No` does not exist/,
    );
  });

  test('but not where it is the query as a whole, written as a form', () => {
    const schema = '{type: object, required: [a], properties: {a: {type: string}, b: {type: integer}}}';
    const contract = read(
      document(
        `{name: q, in: querystring, required: true, content: {application/x-www-form-urlencoded: {schema: ${schema}}}}`,
      ),
    );
    expect(contract.problems).toEqual([]);
    expect(operationOf(contract, 'GET /bad').parameters).toMatchObject([
      { name: 'a', in: 'query', required: true },
      { name: 'b', in: 'query', required: false },
    ]);
  });
});
