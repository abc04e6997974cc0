import { describe, expect, it } from 'vitest';
import { readContract } from '../read-contract.ts';

const document = `swagger: "2.0"
info: { title: Shop, version: "1" }
host: localhost:8000
basePath: /api
consumes: [application/json]
produces: [application/json]
securityDefinitions:
  Basic: { type: basic }
  Login: { type: oauth2, flow: password, tokenUrl: /token, scopes: { all: everything } }
parameters:
  Thing:
    name: thing
    in: body
    required: true
    schema: { $ref: "#/definitions/Thing" }
  Page: { name: page, in: query, type: integer, minimum: 1, default: 1 }
responses:
  Gone: { description: gone, schema: { $ref: "#/definitions/Error" } }
definitions:
  Error: { type: object, properties: { message: { type: string } } }
  Thing:
    type: object
    discriminator: kind
    required: [kind, name]
    properties:
      kind: { type: string }
      name: { type: string, x-nullable: true }
paths:
  /things:
    post:
      operationId: createThing
      security: [{ Basic: [] }]
      parameters: [{ $ref: "#/parameters/Thing" }]
      responses:
        201:
          description: made
          headers: { Location: { type: string } }
          schema: { $ref: "#/definitions/Thing" }
    get:
      operationId: listThings
      parameters:
        - $ref: "#/parameters/Page"
        - { name: tags, in: query, type: array, items: { type: string }, collectionFormat: multi }
        - { name: ids, in: query, type: array, items: { type: integer } }
      responses:
        200: { description: ok, schema: { type: array, items: { $ref: "#/definitions/Thing" } } }
        410: { $ref: "#/responses/Gone" }
  /things/{id}/picture:
    parameters: [{ name: id, in: path, required: true, type: integer }]
    put:
      operationId: putPicture
      consumes: [multipart/form-data]
      parameters:
        - { name: file, in: formData, type: file, required: true }
        - { name: caption, in: formData, type: string }
      responses: { 204: { description: done } }
`;

describe('a Swagger 2.0 document', () => {
  const contract = readContract({ path: 'swagger.yaml', text: document });
  const operation = (id: string) => contract.operations.find((one) => one.id === id);

  it('is read as the OpenAPI document that says the same', () => {
    expect(contract).toMatchObject({ version: '2.0', title: 'Shop', problems: [] });
    expect(contract.operations.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/things',
      'GET /api/things',
      'PUT /api/things/{id}/picture',
    ]);
  });

  it('has its body behind a shared parameter', () => {
    const create = operation('createThing');
    expect(create?.parameters).toEqual([]);
    expect(create?.requestBody).toMatchObject({
      required: true,
      content: [{ mediaType: 'application/json', schema: { $ref: '#/$defs/Thing' } }],
    });
    expect(create?.responses[0]).toMatchObject({
      status: '201',
      headers: [{ name: 'Location' }],
      content: [{ mediaType: 'application/json', schema: { $ref: '#/$defs/Thing' } }],
    });
    expect(contract.definitions['Thing']).toMatchObject({
      properties: { name: { type: ['string', 'null'] } },
    });
  });

  it('has its parameters with schemas, and lists as they are written', () => {
    expect(operation('listThings')?.parameters).toMatchObject([
      { name: 'page', in: 'query', schema: { type: 'integer', minimum: 1, default: 1 } },
      { name: 'tags', style: 'form', explode: true, schema: { type: 'array' } },
      { name: 'ids', explode: false, schema: { type: 'array', items: { type: 'integer' } } },
    ]);
    expect(operation('listThings')?.responses).toMatchObject([{ status: '200' }, { status: '410' }]);
  });

  it('has forms with files', () => {
    expect(operation('putPicture')?.requestBody).toMatchObject({
      required: true,
      content: [{ mediaType: 'multipart/form-data', schema: { required: ['file'] } }],
    });
  });

  it('has its security schemes', () => {
    expect(contract.securitySchemes).toMatchObject([
      { name: 'Basic', type: 'http', scheme: 'basic' },
      { name: 'Login', type: 'oauth2' },
    ]);
  });

  it('keeps the lines of what is wrong in it', () => {
    const broken = document.replace(
      'schema: { type: array, items: { $ref: "#/definitions/Thing" } }',
      'schema: { $ref: "#/definitions/Thign" }',
    );
    const line = broken.split('\n').findIndex((one) => one.includes('Thign')) + 1;
    const { problems } = readContract({ path: 'swagger.yaml', text: broken });
    expect(problems).toEqual([expect.objectContaining({ line })]);
  });

  it('is told of in its own words', () => {
    const text = `swagger: "2.0"
info: { title: Shop, version: "1" }
paths:
  /a: { get: { parameters: [{ $ref: "#/parameters/Sise" }], responses: { 200: { description: ok } } } }
  /b: { get: { responses: { 200: { description: ok, schema: { $ref: "#/definitions/Pett" } } } } }
  /c: { get: { responses: { 200: { description: ok } } } }
parameters: { Size: { name: size, in: query, type: integer } }
definitions:
  Pet: { type: object }
  Owner: { type: object, properties: { pet: { $ref: "#/definitions/Pet", type: object } } }
`;
    const { problems } = readContract({ path: 'swagger.yaml', text });
    expect(problems.map(({ line, message }) => [line, message])).toEqual([
      [4, 'GET /a is left out, because its parameter `#/parameters/Sise` cannot be read'],
      [4, '`#/parameters/Sise` does not exist; did you mean `#/parameters/Size`?'],
      [5, '`#/definitions/Pett` does not exist; did you mean `#/definitions/Pet`?'],
      [10, '`type` beside a `$ref` has no effect in Swagger 2.0; put the `$ref` into an `allOf`'],
    ]);
  });
});
