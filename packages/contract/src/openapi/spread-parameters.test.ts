import { describe, expect, test } from 'vitest';
import { boundaryCases } from '../generate/boundary-cases.ts';
import { encodeRequest } from '../generate/encode-request.ts';
import { inferShape } from '../shape/infer-shape.ts';
import { operationOf, read, yaml } from './document-for-tests.ts';

const pageable =
  '{type: object, properties: {page: {type: integer, minimum: 0}, size: {type: integer, minimum: 1}, sort: {type: array, items: {type: string}}}}';

/** A list of pets that takes this parameter, as springdoc writes it. */
function listing(parameter: string, schema = pageable) {
  return read(
    yaml(`
paths:
  /pets:
    get:
      operationId: list
      parameters: [${parameter}]
      responses: {'200': {description: ok, content: {'*/*': {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}}
    post:
      operationId: create
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {'201': {description: ok, content: {'*/*': {schema: {$ref: '#/components/schemas/Pet'}}}}}
components: {schemas: {Pet: {type: object, properties: {id: {type: integer}, name: {type: string}}}, Pageable: ${schema}}}
`),
  );
}

function parametersOf(parameter: string, schema?: string): readonly string[] {
  return operationOf(listing(parameter, schema), 'list').parameters.map(
    ({ name, required }) => `${name}${required ? ' required' : ''}`,
  );
}

const byReference = "{name: pageable, in: query, required: true, schema: {$ref: '#/components/schemas/Pageable'}}";

describe('an object that is spread over the query', () => {
  test('is one parameter for each of its properties', () => {
    expect(parametersOf(byReference)).toEqual(['page', 'size', 'sort']);
    expect(parametersOf(byReference, `{type: object, required: [size], ${pageable.slice(15)}`)).toEqual([
      'page',
      'size required',
      'sort',
    ]);
  });

  test('keeps what is no object though it names no type, and stays whole where that is not said', () => {
    const properties = (more: string) => `{type: object, properties: {page: {type: integer}, ${more}}}`;
    const scalars = 'kind: {enum: [x, y]}, one: {const: 1}, either: {oneOf: [{type: integer}, {type: string}]}';
    expect(parametersOf(byReference, properties(`${scalars}, inner: {properties: {a: {type: string}}}`))).toEqual([
      'page',
      'kind',
      'one',
      'either',
    ]);
    expect(parametersOf(byReference, properties('any: {}'))).toEqual(['pageable required']);
  });

  test('pages a list, and is not missing where none of its properties has to be there', () => {
    const contract = listing(byReference);
    expect(inferShape(contract).resources[0]?.lists[0]?.pagination).toMatchObject({
      style: 'page',
      position: 'page',
      limit: 'size',
    });
    const operation = operationOf(contract, 'list');
    const { invalid } = boundaryCases(contract, operation);
    expect(invalid.map((request) => encodeRequest(operation, request).target)).toEqual(
      expect.arrayContaining(['/pets?page=-1', '/pets?size=0']),
    );
    expect(invalid.filter(({ violation }) => violation.kind === 'missing')).toEqual([]);
  });

  test.each([
    [
      'in another style',
      "{name: p, in: query, style: deepObject, schema: {$ref: '#/components/schemas/Pageable'}}",
      pageable,
    ],
    ['in one text', "{name: p, in: query, explode: false, schema: {$ref: '#/components/schemas/Pageable'}}", pageable],
    ['with a rule for all of it', byReference, `{minProperties: 1, ${pageable.slice(1)}`],
    ['with names of its own', byReference, `{additionalProperties: {type: string}, ${pageable.slice(1)}`],
    [
      'which may be absent, but not in part',
      byReference.replace(' required: true,', ''),
      `{required: [page], ${pageable.slice(1)}`,
    ],
    ['with a required object in it', byReference, '{required: [near], properties: {near: {type: object}}}'],
    [
      'beside a parameter of the same name',
      `${byReference}, {name: size, in: query, schema: {type: integer}}`,
      pageable,
    ],
  ])('stays as it is %s', (_name, parameter, schema) => {
    expect(parametersOf(parameter, schema)[0]).toMatch(/^p(ageable)?\b/);
  });

  test.each(['style: deepObject', 'style: form'])('is not missing where it may be empty: %s', (style) => {
    const contract = listing(
      `{name: filter, in: query, required: true, ${style}, schema: {type: object, maxProperties: 3, properties: {page: {type: integer}}}}`,
    );
    const { invalid } = boundaryCases(contract, operationOf(contract, 'list'));
    expect(invalid.length).toBeGreaterThan(0);
    expect(invalid.filter(({ violation }) => violation.kind === 'missing')).toEqual([]);
  });
});
