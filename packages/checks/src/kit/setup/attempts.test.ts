import { inferShape } from '@assay/contract';
import { expect, it } from 'vitest';
import { operationOf } from '../requests/cases.ts';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { Attempts } from './attempts.ts';

const schema = {
  type: 'object',
  required: ['room', 'seats', 'starts', 'ends'],
  properties: {
    room: { type: 'string' },
    seats: { type: 'integer', minimum: 1 },
    starts: { type: 'string', format: 'date-time' },
    ends: { type: 'string', format: 'date-time' },
    note: { type: 'string' },
  },
};
const contract = contractOf({
  '/events': {
    post: { operationId: 'create', requestBody: { content: { 'application/json': { schema } } }, responses: {} },
  },
});
const create = operationOf(contract, 'create');
const value = {
  room: 'A',
  seats: 570,
  starts: '2031-06-30T20:00:00+02:00',
  ends: '2031-06-30T23:00:00+02:00',
  note: 'n',
};
const request = {
  operation: 'create',
  path: {},
  query: {},
  headers: {},
  cookies: {},
  body: { mediaType: 'application/json', value },
};
let words = 0;
const random = { unique: (prefix: string) => `${prefix}${(words += 1)}` };
const fresh = () => new Attempts({ contract, shape: inferShape(contract), random });
const said = (attempts: Attempts, attempt = 0) => attempts.request(create, request, attempt).body?.value;

it('begins with what was accepted the last time', () => {
  const attempts = fresh();
  expect(attempts.of(create)).toEqual([0, 1, 2, 3, 4, 5]);
  attempts.accepted(create, 1);
  expect(attempts.of(create)).toEqual([1, 0, 2, 3, 4, 5]);
  attempts.accepted(create, 3);
  expect(attempts.of(create)).toEqual([3, 0, 1, 2, 4, 5]);
});

it('says small numbers from then on where they were accepted and others were not, and all that may be said', () => {
  const attempts = fresh();
  expect(said(attempts)).toEqual(value);
  expect(said(attempts, 2)).toMatchObject({ seats: 2 });
  expect(attempts.accepted(create, 2)).toBe(true);
  expect(attempts.of(create)[0]).toBe(0);
  expect(said(attempts)).toMatchObject({ room: 'A', seats: 2, note: 'n' });
  expect(attempts.accepted(create, 0)).toBe(false);
});

it('has what begins and ends take place in days to come', () => {
  const past = { ...value, starts: '2001-06-30T20:00:00Z', ends: '2001-06-30T23:00:00Z' };
  const { body } = fresh().request(create, { ...request, body: { ...request.body, value: past } }, 0);
  const { starts = '', ends = '' } = (body?.value ?? {}) as { readonly starts?: string; readonly ends?: string };
  expect(Date.parse(starts)).toBeGreaterThan(Date.now());
  expect(Date.parse(ends) - Date.parse(starts)).toBe(3 * 3_600_000);
  const people = { ...request, body: { ...request.body, value: { born: '1990-05-17', hired: '2020-01-01' } } };
  expect(fresh().request(create, people, 0)).toEqual(people);
});

it('has what begins and ends on a day of its own each time', () => {
  const attempts = fresh();
  attempts.accepted(create, 0);
  expect(said(attempts)).toMatchObject({ starts: '2031-07-01T20:00:00+02:00', ends: '2031-07-01T23:00:00+02:00' });
  attempts.accepted(create, 0);
  expect(said(attempts)).toMatchObject({ starts: '2031-07-02T20:00:00+02:00', ends: '2031-07-02T23:00:00+02:00' });
});
