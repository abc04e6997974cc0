import type { Json, RequestCase, Schema } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { bodyOperation, contractOf } from './contract-for-tests.ts';
import { withUniqueTexts } from './unique-texts.ts';

let words = 0;
const random = { seed: 1, next: () => 0, integer: () => 0, pick: () => undefined as never, unique: (prefix: string) => `${prefix}abcd${(words += 1)}` };

function changed(schema: Schema, value: Json): Json {
  const operation = bodyOperation(schema);
  const request: RequestCase = { operation: operation.id, path: {}, query: {}, headers: {}, cookies: {}, body: { mediaType: 'application/json', value } };
  return withUniqueTexts({ contract: contractOf([operation]), random }, operation, request).body?.value as Json;
}

const text = (more: object = {}): Schema => ({ type: 'object', properties: { field: { type: 'string', ...more } } });

describe('withUniqueTexts', () => {
  it('makes two equal texts different', () => {
    expect(changed(text(), { field: 'oak' })).not.toEqual(changed(text(), { field: 'oak' }));
  });

  it('keeps the length of a long text, and a schema that leaves no room', () => {
    expect((changed(text({ maxLength: 40 }), { field: 'x'.repeat(40) }) as { field: string }).field).toMatch(/^x{34}u/);
    for (const more of [{ enum: ['open'] }, { format: 'uuid' }, { maxLength: 3 }]) {
      const field = 'format' in more ? '00000000-0000-4000-8000-000000000000' : 'enum' in more ? 'open' : 'oak';
      expect(changed(text(more), { field })).toEqual({ field });
    }
  });

  it('makes another address of an address', () => {
    expect((changed(text({ format: 'email' }), { field: 'ann@example.com' }) as { field: string }).field).toMatch(/^ann\.u.*@example\.com$/);
  });
});
