import { describe, expect, it } from 'vitest';
import { apiTypes, typeOf } from './api-types.ts';

describe('typeOf', () => {
  it.each([
    [{ type: 'string' }, 'string'],
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ type: 'integer' }, 'number'],
    [{ const: 'a' }, '"a"'],
    [{ enum: ['a', 1] }, '"a" | 1'],
    [{ anyOf: [{ const: 'a' }, { type: 'null' }] }, '"a" | null'],
    [{ type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'null' }] } }, '(string | null)[]'],
    [{ type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }] }, '[string, number]'],
    [
      { type: 'object', properties: { a: { type: 'string' }, 'b-c': {} }, required: ['a'] },
      '{ readonly a: string; readonly "b-c"?: unknown; }',
    ],
    [{ type: 'object', additionalProperties: { type: 'number' } }, 'Readonly<Record<string, number>>'],
    [
      { allOf: [{ $ref: '#/components/schemas/Run' }, { type: 'object', properties: { a: {} } }] },
      '(Run) & ({ readonly a?: unknown; })',
    ],
    [{ $ref: '#/components/schemas/Run' }, 'Run'],
    [{}, 'unknown'],
    [true, 'unknown'],
    [false, 'never'],
  ])('says %j as %s', (schema, type) => {
    expect(typeOf(schema)).toBe(type);
  });
});

describe('apiTypes', () => {
  const text = apiTypes({
    paths: {
      '/runs/{id}': {
        get: {
          summary: 'One run',
          parameters: [
            { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
            { name: 'all', in: 'query', schema: { type: 'boolean' } },
          ],
          responses: { 200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Run' } } } } },
        },
        delete: { responses: { 204: {} } },
      },
    },
    components: { schemas: { Run: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] } } },
  });

  it('gives each schema a name, and each operation its parameters and answers', () => {
    expect(text).toContain('export type Run = { readonly id: string; };');
    expect(text).toContain('"/runs/{id}": {');
    expect(text).toContain('/** One run */');
    expect(text).toContain('query?: { all?: boolean; }; header?: never; path: { id: string; };');
    expect(text).toContain('200: { headers: { [name: string]: unknown }; content: { "application/json": Run; } };');
    expect(text).toContain('204: { headers: { [name: string]: unknown }; content?: never };');
    expect(text).toContain('post?: never;');
  });
});
