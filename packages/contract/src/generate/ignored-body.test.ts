import { expect, it } from 'vitest';
import { operationOf, read, yaml } from '../openapi/document-for-tests.ts';
import { boundaryCases } from './boundary-cases.ts';

function violated(method: string, version: string) {
  const contract = read(
    yaml(
      `paths: {/a: {${method}: {operationId: a, requestBody: {required: true, content: {application/json: {schema: {type: object, required: [n], properties: {n: {type: integer}}}}}}, responses: {'200': {description: ok}}}}}`,
      version,
    ),
  );
  const { valid, invalid } = boundaryCases(contract, operationOf(contract, 'a'));
  expect(valid.every(({ request }) => request.body !== undefined)).toBe(true);
  return new Set(invalid.map(({ violation }) => violation.kind));
}

it.each([
  ['get', '3.0.3'],
  ['get', '3.1.0'],
  ['delete', '3.0.4'],
])('the body of %s in %s is sent, and nothing is wrong with it', (method, version) => {
  expect([...violated(method, version)]).toEqual([]);
});

it.each([
  ['delete', '3.1.0'],
  ['post', '3.0.3'],
])('the body of %s in %s is missed', (method, version) => {
  expect(violated(method, version)).toContain('body');
  expect(violated(method, version)).toContain('content-type');
});
