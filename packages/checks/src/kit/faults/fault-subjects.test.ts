import { isJsonObject, type Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { operationOf } from '../requests/cases.ts';
import { Setup } from '../setup/setup.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { faultSubject } from './fault-subjects.ts';

const book = {
  type: 'object',
  required: ['isbn'],
  additionalProperties: false,
  properties: { isbn: { type: 'string', pattern: '^[0-9]{13}$' } },
};
const contract = contractOf({
  '/books': {
    post: {
      operationId: 'createBook',
      requestBody: { required: true, content: { 'application/json': { schema: book } } },
      responses: {
        201: { description: 'made', content: { 'application/json': { schema: { type: 'object' } } } },
        409: { description: 'there is one' },
      },
    },
  },
});

/** The bodies that a subject sends when it is prepared twice, to a backend that takes a book or not. */
async function sent(accepts: (isbn: Json, earlier: readonly Json[]) => boolean): Promise<readonly [Json, Json]> {
  const seen: Json[] = [];
  const backend = scripted((_line, body) => {
    const isbn = isJsonObject(body) ? (body['isbn'] ?? null) : null;
    const accepted = accepts(isbn, seen);
    seen.push(isbn);
    return accepted ? [201, { id: seen.length }] : [409];
  });
  const context = contextOf(contract, backend);
  const subject = await faultSubject(context, new Setup(context), operationOf(contract, 'createBook'));
  return [(await subject.prepare()).sent ?? null, (await subject.prepare()).sent ?? null];
}

it('sends the same request again where that is accepted', async () => {
  const [first, second] = await sent(() => true);
  expect(first).toEqual(second);
});

it('sends other texts each time where those of before are taken', async () => {
  const [first, second] = await sent((isbn, earlier) => !earlier.includes(isbn));
  expect(first).not.toEqual(second);
});
