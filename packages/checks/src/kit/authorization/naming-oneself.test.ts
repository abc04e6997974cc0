import type { Identity, Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { actingAs } from '../identity/acting-as.ts';
import { object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { namingOneself } from './naming-oneself.ts';

const contract = contractOf({
  '/bookings': {
    post: {
      operationId: 'book',
      requestBody: taken(object({ slot: text, patient_id: text })),
      responses: { '201': said(object({ id: text })), '403': said() },
    },
  },
  '/bookings/{id}': {
    get: {
      operationId: 'getBooking',
      parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
      responses: { '200': said(object({ id: text })) },
    },
  },
} as Json);

const patient: Identity = {
  name: 'user-1',
  role: null,
  login: 'patient',
  password: 'p',
  headers: [],
  query: [],
  token: 't',
  profile: { id: 'u1', patient_id: 'p1', doctor: { of: { many: { patient_id: 'p9' } } } },
  exchanges: [],
};

/** What is sent when a booking for somebody is asked for, where only one's own is served. */
async function sent(
  patientId: string,
  { refusal = 403, own = 'p1', as }: { refusal?: number; own?: string; as?: Identity } = {},
) {
  const bodies: unknown[] = [];
  const backend = scripted((_line, body) => {
    bodies.push(body);
    return JSON.stringify(body).includes(own) ? [201, { id: '1' }] : [refusal, {}];
  });
  const context = contextOf(contract, backend);
  const naming = namingOneself(context, actingAs(context.backend, patient), patient);
  const exchange = await naming.send({
    method: 'POST',
    target: '/bookings',
    operation: 'book',
    body: JSON.stringify({ slot: 's1', patient_id: patientId }),
    ...(as === undefined ? {} : { as }),
  });
  return { status: exchange.response?.status, bodies };
}

it('makes for oneself what is refused for another, by what one was told under that name', async () => {
  expect(await sent('p2')).toEqual({
    status: 201,
    bodies: [
      { slot: 's1', patient_id: 'p2' },
      { slot: 's1', patient_id: 'p1' },
    ],
  });
});

it('asks once where it is served, refused for something else, one’s own already, or sent by somebody in particular', async () => {
  expect((await sent('p1')).bodies).toHaveLength(1);
  expect((await sent('p2', { refusal: 409 })).bodies).toHaveLength(1);
  expect((await sent('p1', { own: 'nobody' })).bodies).toHaveLength(1);
  expect((await sent('p2', { as: patient })).bodies).toHaveLength(1);
});

it('tells the first refusal where one’s own is refused as well', async () => {
  expect(await sent('p2', { own: 'nobody' })).toMatchObject({ status: 403, bodies: [{}, {}] });
});
