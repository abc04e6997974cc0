import { expect, test } from 'vitest';
import { encodeRequest } from '../generate/encode-request.ts';
import { operationOf, read, yaml } from './document-for-tests.ts';

const named = (name: string) => `{schema: {type: object, required: [${name}], properties: {${name}: {type: string}}}}`;
const ok = "responses: {'200': {description: ok}}";

function answering(content: string) {
  const contract = read(
    yaml(`paths: {/a: {get: {operationId: a, responses: {'200': {description: ok, content: ${content}}}}}}`),
  );
  return { content: operationOf(contract, 'a').responses[0]?.content, problems: contract.problems };
}

test('media types that differ in their parameters, and in their schemas, are variants of one', () => {
  const { content, problems } = answering(
    `{application/json;version=1: ${named('name')}, 'application/json; Version="2"': ${named('firstName')}, text/csv: {}}`,
  );
  expect(problems).toEqual([]);
  expect(content?.map(({ mediaType }) => mediaType)).toEqual(['application/json', 'text/csv']);
  expect(content?.[0]).toMatchObject({
    schema: { required: ['name'] },
    variants: [
      { parameters: { version: '1' }, schema: { required: ['name'] } },
      { parameters: { version: '2' }, schema: { required: ['firstName'] } },
    ],
  });
});

test('those that say the same are one, without a word', () => {
  const { content, problems } = answering(
    `{application/json: ${named('name')}, application/json;stream=watch: ${named('name')}}`,
  );
  expect(problems).toEqual([]);
  expect(content).toMatchObject([{ mediaType: 'application/json', schema: { required: ['name'] } }]);
  expect(content?.[0]?.variants).toBeUndefined();
});

test('requests are made by the first, and it is told', () => {
  const body = `{application/json;v=1: ${named('name')}, application/json;v=2: ${named('firstName')}}`;
  const contract = read(yaml(`paths: {/a: {post: {operationId: a, requestBody: {content: ${body}}, ${ok}}}}`));
  expect(operationOf(contract, 'a').requestBody?.content[0]?.schema).toMatchObject({ required: ['name'] });
  const operation = operationOf(contract, 'a');
  const request = { operation: 'a', path: {}, query: {}, headers: {}, cookies: {} };
  const sent = encodeRequest(operation, { ...request, body: { mediaType: 'application/json', value: {} } });
  expect(sent.headers).toContainEqual(['content-type', 'application/json; v=1']);
  expect(contract.problems.map(({ message }) => message)).toEqual([
    'of the schemas for application/json, requests are made by the first',
  ]);
});

test('a parameter that is no token is sent in quotes, as it is written', () => {
  const profile = (version: number) => `application/json; profile="https://Shop.example/V${version}"`;
  const body = `{'${profile(1)}': ${named('name')}, '${profile(2)}': ${named('firstName')}}`;
  const contract = read(yaml(`paths: {/a: {post: {operationId: a, requestBody: {content: ${body}}, ${ok}}}}`));
  const request = { operation: 'a', path: {}, query: {}, headers: {}, cookies: {} };
  const sent = encodeRequest(operationOf(contract, 'a'), {
    ...request,
    body: { mediaType: 'application/json', value: {} },
  });
  expect(sent.headers).toContainEqual(['content-type', profile(1)]);
});
