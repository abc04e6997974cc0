import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { untouched } from './untouched.ts';

const text = { type: 'string' };
const shared = {
  type: 'object',
  properties: { title: text, slug: text, notes: text, seen: { ...text, readOnly: true } },
};
const contractWith = (schema: object) =>
  contractOf({
    '/pages/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      patch: {
        operationId: 'change',
        requestBody: { content: { 'application/json': { schema } } },
        responses: { 200: { description: '' } },
      },
    },
  } as never);

describe('what a partial update leaves as it is', () => {
  const names = (schema: object, made: Json, before: Json, again: Json = before): readonly string[] =>
    Object.keys(
      untouched(contractWith(schema), {
        operation: 'change',
        sent: { title: 'b' },
        made,
        before: exchangeOf('GET /pages/1', 200, { body: before }),
        again: exchangeOf('GET /pages/1', 200, { body: again }),
      }),
    );
  const shown = { id: 1, title: 'a', slug: 'a', notes: 'n', seen: 's', total: 3 };

  it('is what the client made it of, and could have named', () => {
    expect(names(shared, { title: 'a', slug: 'x', notes: 'n', seen: 's' }, shown)).toEqual(['notes']);
    expect(names(shared, { title: 'a' }, shown)).toEqual([]);
    expect(names({ type: 'object' }, { title: 'a', notes: 'n' }, shown)).toEqual(['notes']);
  });

  it('is not what moves by being read', () => {
    expect(names(shared, { notes: 'n' }, shown, { ...shown, notes: 'm' })).toEqual([]);
  });

  it('is looked for in what answers are wrapped in', () => {
    expect(names(shared, { notes: 'n' }, { data: shown })).toEqual(['notes']);
  });
});
