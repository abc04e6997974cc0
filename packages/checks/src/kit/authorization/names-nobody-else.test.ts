import type { Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { namesNobodyElse } from './names-nobody-else.ts';

function namesOf(words: { readonly [name: string]: Json }, property: string | null = null, refusal: Json = said()) {
  const contract = contractOf({
    '/bookings': {
      post: {
        operationId: 'book',
        requestBody: taken(
          object({ slot: text, patient_id: property === null ? text : { type: 'string', description: property } }),
        ),
        responses: { '201': said(object({ id: text })), '403': refusal },
        ...words,
      },
    },
  } as Json);
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('there is no operation');
  return namesNobodyElse(operation, { contract });
}

it.each([
  'Patients book for themselves; naming another patient is answered with 403.',
  '403: a patient named another patient. 404: no such slot.',
  'You may not book for somebody else.',
  'Answers 403 when the body has the id of another patient, or is sent for another patient.',
])('tells of “%s”', (description) => {
  expect(namesOf({ description })).toContain('patient_id');
});

it('tells of what the member or the refusal says', () => {
  expect(namesOf({}, 'Oneself by default; another patient for staff only.')).toEqual(['patient_id']);
  expect(namesOf({}, 'Only staff may name another patient.')).toEqual(['patient_id']);
  expect(namesOf({}, null, { description: 'For another patient.' })).toContain('patient_id');
  expect(namesOf({}, null, { description: 'The slot is booked for another patient.' })).toEqual([]);
});

it.each([
  '403 when another patient has blocked you.',
  'Naming another patient of the same family is fine, 403 otherwise.',
  '403: only the owner may book for another patient.',
  'A note for another patient is shown to them.',
  '403 without the consent for another patient.',
  '403: the slot is reserved for another patient.',
  'Answers 403 while the place is held for somebody else.',
])('tells of nothing by “%s”', (description) => {
  expect(namesOf({ description })).toEqual([]);
});

it('does not take a place of one’s own for a role, nor goes by words without a 403', () => {
  expect(namesOf({}, 'Another patient for owners only.')).toEqual([]);
  expect(
    namesOf({ description: '403: naming another patient.', responses: { '201': said(object({ id: text })) } }),
  ).toEqual([]);
});
