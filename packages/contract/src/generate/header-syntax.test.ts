import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operationOf, read, yaml } from '../openapi/document-for-tests.ts';
import { boundaryCases } from './boundary-cases.ts';
import { isWrittenByHttp } from './header-syntax.ts';
import { invalidRequests } from './invalid-requests.ts';
import { validRequests } from './requests.ts';

function changing(parameter: string) {
  const contract = read(
    yaml(`
paths:
  /a:
    put:
      operationId: change
      parameters: [${parameter}, {name: n, in: query, schema: {type: integer}}]
      responses: {'200': {description: ok}}
components: {schemas: {Tag: {type: string}, Closed: {type: string, pattern: '^"v[0-9]+"$'}}}
`),
  );
  return { contract, operation: operationOf(contract, 'change') };
}

/** Whatever is sent in header fields, whether it is to be valid or not. */
function sent(parameter: string): readonly string[] {
  const { contract, operation } = changing(parameter);
  const { valid, invalid } = boundaryCases(contract, operation);
  const random = fc.sample(validRequests(contract, operation), { seed: 1, numRuns: 40 });
  const wrong = fc.sample(invalidRequests(contract, operation), { seed: 1, numRuns: 40 });
  const requests = [...valid.map(({ request }) => request), ...invalid, ...random, ...wrong];
  return [...new Set(requests.flatMap(({ headers }) => Object.values(headers).map(String)))];
}

describe('a header field whose syntax HTTP lays down', () => {
  it('is left out where nothing tells what stands in it', () => {
    expect(sent("{name: If-Match, in: header, schema: {$ref: '#/components/schemas/Tag'}}")).toEqual([]);
    expect(sent('{name: accept-language, in: header, schema: {type: string, maxLength: 9}}')).toEqual([]);
  });

  it('has an ordinary value where it is required, and only its absence is wrong', () => {
    const parameter = '{name: If-Match, in: header, required: true, schema: {type: string}}';
    expect(sent(parameter)).toEqual(['*']);
    const { contract, operation } = changing(parameter);
    expect(boundaryCases(contract, operation).invalid.map(({ violation }) => violation.description)).toContain(
      'the header parameter If-Match is missing',
    );
  });

  it('has a condition that holds beside an example, which is hardly ever what the backend has', () => {
    const parameter = `{name: If-Match, in: header, required: true, schema: {type: string}, example: '"33a64df5"'}`;
    expect(new Set(sent(parameter))).toEqual(new Set(['*', '"33a64df5"']));
  });

  it('has what the contract gives for an example', () => {
    expect(sent(`{name: Prefer, in: header, schema: {type: string}, example: wait=10}`)).toEqual(['wait=10']);
    expect(sent(`{name: Range, in: header, schema: {type: string, default: 'items=0-9'}}`)).toEqual(['items=0-9']);
  });

  it('is made as any other where the schema says how it is written', () => {
    const parameter = "{name: If-Match, in: header, required: true, schema: {$ref: '#/components/schemas/Closed'}}";
    expect(sent(parameter).length).toBeGreaterThan(3);
    for (const other of [parameter, '{name: X-Request-ID, in: header, schema: {type: string}}']) {
      const { contract, operation } = changing(other);
      expect(operation.parameters.some((each) => isWrittenByHttp(contract, each))).toBe(false);
    }
  });
});
