import type { Json, RequestCase } from '@assay/contract';
import { expect, it } from 'vitest';
import { operationOf } from '../requests/cases.ts';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { withShownVersion } from './shown-version.ts';

const note = {
  type: 'object',
  properties: { title: { type: 'string' }, version: { type: ['integer', 'string'], minimum: 1 } },
};
const wrapped = { type: 'object', properties: { ...note.properties, note } };
const contract = contractOf({
  '/notes/{id}': {
    put: {
      operationId: 'change',
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      requestBody: { content: { 'application/json': { schema: wrapped } } },
      responses: { 200: { description: 'It' } },
    },
  },
});

it.each<[string, Json, Json, Json]>([
  ['takes the version that is shown', { title: 'tea', version: 731 }, { version: 3 }, { title: 'tea', version: 3 }],
  ['looks into wrappers', { note: { version: 731 } }, { data: { id: 7, version: 3 } }, { note: { version: 3 } }],
  ['adds none', { title: 'tea' }, { version: 3 }, { title: 'tea' }],
  ['leaves it where none is shown', { version: 731 }, { id: 7 }, { version: 731 }],
  ['leaves the version of what a thing is about', { version: '1.2' }, { version: 3 }, { version: '1.2' }],
  ['leaves it where that would not be valid', { version: 731 }, { version: 0 }, { version: 731 }],
])('%s', (_name, sent, shown, expected) => {
  const body = { mediaType: 'application/json', value: sent };
  const request = { operation: 'change', path: { id: 7 }, query: {}, headers: {}, body } as unknown as RequestCase;
  expect(withShownVersion(contract, operationOf(contract, 'change'), request, shown).body?.value).toEqual(expected);
});
