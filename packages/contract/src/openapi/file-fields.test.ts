import { describe, expect, test } from 'vitest';
import { encodeRequest } from '../generate/encode-request.ts';
import { contractFromDocument } from './read-contract.ts';

const responses = { 201: { description: 'made' } };
const upload = {
  type: 'object',
  properties: { file: { $ref: '#/components/schemas/File' }, note: { type: 'string' } },
};

function operationWith(schema: object, file: object, encoding: object = {}) {
  const [operation] = contractFromDocument(
    {
      openapi: '3.1.0',
      info: { title: 't', version: '1' },
      paths: {
        '/files': { post: { requestBody: { content: { 'multipart/form-data': { schema, encoding } } }, responses } },
      },
      components: { schemas: { File: file, Upload: upload } },
    } as never,
    'openapi.json',
  ).operations;
  if (operation === undefined) throw new Error('there is no operation');
  return operation;
}

const files = (schema: object, file: object) => operationWith(schema, file).requestBody?.content[0]?.files;

describe('the files of a form', () => {
  const byReference = { $ref: '#/components/schemas/Upload' };

  test.each([
    ['binary text', { type: 'string', format: 'binary' }],
    ['a media type', { type: 'string', contentMediaType: 'application/octet-stream' }],
  ])('are found behind references: %s', (_name, file) => {
    expect(files(byReference, file)).toEqual(['file']);
    expect(files(upload, file)).toEqual(['file']);
    const several = { type: 'object', properties: { files: { type: 'array', items: file } } };
    expect(files(several, file)).toEqual(['files']);
  });

  test('are none where there is only text', () => {
    expect(files(byReference, { type: 'string' })).toBeUndefined();
  });

  test('are sent with a name', () => {
    const operation = operationWith(byReference, { type: 'string', format: 'binary' });
    const value = { file: 'tea', note: 'milk' };
    const { body } = encodeRequest(operation, {
      operation: operation.id,
      path: {},
      query: {},
      headers: {},
      cookies: {},
      body: { mediaType: 'multipart/form-data', value },
    });
    expect(String(body)).toMatch(/name="file"; filename="[^"]+"/);
    expect(String(body)).toMatch(/name="note"\r\n\r\nmilk/);
  });

  test('are those that are sent in another media type than text and JSON', () => {
    const encoding = {
      file: { contentType: 'image/png, image/jpeg' },
      note: { contentType: 'text/plain' },
      meta: { contentType: 'application/json' },
      any: { contentType: 'image/*' },
    };
    const properties = Object.fromEntries(Object.keys(encoding).map((name) => [name, { type: 'string' }]));
    const operation = operationWith({ type: 'object', properties }, {}, encoding);
    expect(operation.requestBody?.content[0]?.files).toEqual(['file']);
    const value = { file: 'tea', note: 'milk', meta: ['a'], any: 'x' };
    const { body } = encodeRequest(operation, {
      operation: operation.id,
      path: {},
      query: {},
      headers: {},
      cookies: {},
      body: { mediaType: 'multipart/form-data', value },
    });
    expect(String(body)).toMatch(/name="file"; filename="[^"]+"\r\nContent-Type: image\/png\r\n\r\ntea\r\n/);
    expect(String(body)).toContain('name="note"\r\nContent-Type: text/plain\r\n\r\nmilk\r\n');
    expect(String(body)).toContain('name="meta"\r\nContent-Type: application/json\r\n\r\n["a"]\r\n');
    expect(String(body)).toContain('name="any"\r\n\r\nx\r\n');
  });
});
