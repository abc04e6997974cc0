import type { Identity, Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { actingAs } from '../identity/acting-as.ts';
import { object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { helpedBy } from './helped-by.ts';

const kind = (name: string): Json => ({
  [`/${name}`]: {
    post: {
      operationId: `add ${name}`,
      requestBody: taken(object({ text })),
      responses: { '201': said(object({ id: text })) },
    },
  },
  [`/${name}/{id}`]: {
    get: {
      operationId: `get ${name}`,
      parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
      responses: { '200': said(object({ id: text })) },
    },
  },
});
const contract = contractOf({ ...(kind('slots') as object), ...(kind('bookings') as object) } as Json);

const person = {
  name: 'user-1',
  role: null,
  password: 'p',
  headers: [],
  query: [],
  token: 't',
  profile: undefined,
  exchanges: [],
};
const patient: Identity = { ...person, login: 'patient' };

it('has made by others what somebody may not make, unless it is to be their own', async () => {
  const senders: string[] = [];
  let taken = false;
  const plain = scripted(() => (taken ? [409, { error: 'taken' }] : [201, { id: '1' }]));
  const context = contextOf(contract, {
    ...plain,
    send: async (request, options) => {
      senders.push(`${request.operation} by ${request.as?.login ?? 'the usual'}`);
      const exchange = await plain.send(request, options);
      const isRefused = request.as?.login === 'patient' && request.operation !== 'get slots';
      return isRefused && exchange.response !== undefined
        ? { ...exchange, response: { ...exchange.response, status: 403 } }
        : exchange;
    },
  });
  const helped = helpedBy(context, actingAs(context.backend, patient), (create) => create === 'add slots');
  const statusOf = async (operation: string, as?: Identity) =>
    (await helped.send({ method: 'POST', target: '/slots', operation, ...(as === undefined ? {} : { as }) })).response
      ?.status;
  expect(await statusOf('add slots')).toBe(201);
  expect(senders.splice(0)).toEqual(['add slots by patient', 'add slots by the usual']);
  taken = true;
  expect(await statusOf('add slots')).toBe(409);
  expect(senders.splice(0)).toEqual(['add slots by patient', 'add slots by the usual']);
  expect(await statusOf('add bookings')).toBe(403);
  expect(await statusOf('add slots', patient)).toBe(403);
  expect(senders).toEqual(['add bookings by patient', 'add slots by patient']);
});
