import { inferShape, type RequestCase } from '@assay/contract';
import { expect, it } from 'vitest';
import { operationOf } from '../requests/cases.ts';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { Attempts } from './attempts.ts';
import { SetupFailed } from './made.ts';

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
const tried = (attempts: Attempts, attempt: number, repeated: RequestCase | null = request) =>
  attempts.request(create, request, repeated, attempt);
const said = (attempts: Attempts, attempt = 0) => tried(attempts, attempt).request.body?.value;

it('begins with what was accepted the last time', () => {
  const attempts = fresh();
  expect(attempts.of(create)).toEqual([0, 1, 2, 3, 4, 5]);
  attempts.accepted(create, tried(attempts, 1));
  expect(attempts.of(create)).toEqual([1, 0, 2, 3, 4, 5]);
  attempts.accepted(create, tried(attempts, 3));
  expect(attempts.of(create)).toEqual([3, 0, 1, 2, 4, 5]);
});

it('says small numbers from then on where they were accepted and the same without them was not', () => {
  const attempts = fresh();
  expect(said(attempts)).toEqual(value);
  expect(attempts.accepted(create, tried(attempts, 2))).toBe(true);
  expect(said(attempts)).toMatchObject({ seats: 570 });
  // The next time it is tried without, and refused.
  expect(said(attempts, 2)).toMatchObject({ seats: 570 });
  expect(attempts.accepted(create, tried(attempts, 4))).toBe(true);
  expect(said(attempts)).toMatchObject({ room: 'A', seats: 2, note: 'n' });
  expect(said(attempts, 5)).toMatchObject({ seats: 570 });
  expect(attempts.accepted(create, tried(attempts, 0))).toBe(false);
  attempts.failed(create, new SetupFailed('no'));
  expect(said(attempts)).toMatchObject({ seats: 570 });
});

it('goes on with the numbers as they are where these are accepted as well', () => {
  const attempts = fresh();
  attempts.accepted(create, tried(attempts, 2));
  expect(attempts.accepted(create, tried(attempts, 2))).toBe(false);
  expect(said(attempts)).toMatchObject({ seats: 570 });
  expect(said(attempts, 2)).toMatchObject({ seats: 570 });
});

it('has what begins and ends take place in days to come', () => {
  const past = { ...value, starts: '2001-06-30T20:00:00Z', ends: '2001-06-30T23:00:00Z' };
  const over = { ...request, body: { ...request.body, value: past } };
  const moved = (tried(fresh(), 0, over).request.body?.value ?? {}) as {
    readonly starts?: string;
    readonly ends?: string;
  };
  const { starts = '', ends = '' } = moved;
  expect(Date.parse(starts)).toBeGreaterThan(Date.now());
  expect(Date.parse(ends) - Date.parse(starts)).toBe(3 * 3_600_000);
  const people = { ...request, body: { ...request.body, value: { born: '1990-05-17', hired: '2020-01-01' } } };
  expect(tried(fresh(), 0, people).request).toEqual(people);
});

it('has what begins and ends on a day of its own each time, and where it was the second time it is tried', () => {
  const attempts = fresh();
  attempts.accepted(create, tried(attempts, 0));
  const days = { starts: '2031-07-01T20:00:00+02:00', ends: '2031-07-01T23:00:00+02:00' };
  expect(said(attempts)).toMatchObject(days);
  expect(said(attempts, 1)).toMatchObject({ starts: value.starts, ends: value.ends });
  // What no other is like is moved only when it was refused.
  expect(tried(attempts, 0, null).request).toEqual(request);
  expect(tried(attempts, 1, null).request.body?.value).toMatchObject(days);
});
