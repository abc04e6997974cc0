import { isJsonObject, type Json, type ProbeContext } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { contextOfPeople, contractOfPeople } from '../authorization/people-for-tests.ts';
import { object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { firstOf } from '../testing/recordings-for-tests.ts';
import { type Answer, contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { type FillableList, fillableLists } from './fill.ts';
import { Setup } from './setup.ts';

const number = { type: 'integer' };
const kind = (properties: Record<string, Json> = {}) => ({
  type: 'object',
  required: Object.keys(properties),
  properties: { id: { ...number, readOnly: true }, ...properties },
});
const at = (name: string) => [{ name, in: 'path', required: true, schema: number }];
const listed = (operationId: string) => ({ operationId, responses: { '200': said({ type: 'array', items: kind() }) } });
const made = (operationId: string, schema: Json) => ({
  operationId,
  requestBody: taken(schema),
  responses: { '201': said(kind()) },
});
const read = { responses: { '200': said(kind()) } };

/** Appointments for slots, which are practitioners'. */
const clinic = () =>
  contractOf({
    '/practitioners': { post: made('createPractitioner', kind()) },
    '/practitioners/{practitionerId}': { parameters: at('practitionerId'), get: read },
    '/slots': {
      post: made('createSlot', kind({ practitionerId: number, at: { type: 'string', format: 'date-time' } })),
    },
    '/slots/{slotId}': { parameters: at('slotId'), get: read },
    '/appointments': { get: listed('listAppointments'), post: made('book', kind({ slotId: number })) },
  });

const valueOf = (body: Json | undefined, name: string): Json => (isJsonObject(body) ? (body[name] ?? null) : null);

async function filling(context: ProbeContext, list: string): Promise<FillableList> {
  const { lists } = await fillableLists(context, new Setup(context));
  return firstOf(lists.filter((one) => one.list.operation === list));
}

/** A clinic in memory; what is booked, by slot, with the practitioner of each. @param shows how many the list shows */
function clinicOf(
  accepts: (slot: Json, slots: ReadonlyMap<Json, Json | undefined>) => Answer | null,
  shows = 99,
  mostSlots = 99,
) {
  const slots = new Map<Json, Json | undefined>();
  const booked: { readonly slot: Json; readonly practitioner: Json }[] = [];
  let ids = 0;
  const backend = scripted((line, body) => {
    if (line.startsWith('GET')) return [200, booked.slice(0, shows).map(() => ({ id: 1 }))];
    const id = (ids += 1);
    if (line === 'POST /slots' && slots.size >= mostSlots) return [409];
    if (line === 'POST /slots') slots.set(id, body);
    if (line !== 'POST /appointments') return [201, { id }];
    const slot = valueOf(body, 'slotId');
    const refused = accepts(slot, slots);
    if (refused !== null) return refused;
    booked.push({ slot, practitioner: valueOf(slots.get(slot), 'practitionerId') });
    return [201, { id }];
  });
  return { context: contextOf(clinic(), backend), booked, backend };
}

describe('a list that is to be filled with rows apart', () => {
  it('refers to another thing each time where that is used up by it, and to another one of what that is made for', async () => {
    const { context, booked } = clinicOf((slot) => (booked.some((one) => one.slot === slot) ? [409] : null));
    const appointments = await filling(context, 'listAppointments');
    expect(await appointments.fill(8, 'apart')).toBe(8);
    expect(new Set(booked.map(({ slot }) => slot)).size).toBe(8);
    expect(new Set(booked.map(({ practitioner }) => practitioner)).size).toBe(8);
  });

  it('does not go to that length otherwise', async () => {
    const { context, booked } = clinicOf(() => null);
    const appointments = await filling(context, 'listAppointments');
    expect(await appointments.fill(8)).toBe(8);
    expect(new Set(booked.map(({ slot }) => slot)).size).toBe(1);
  });

  it('makes what it refers to for a time that is to come where it was refused for one that is past', async () => {
    const isPast = (slot: Json, slots: ReadonlyMap<Json, Json | undefined>) =>
      Date.parse(String(valueOf(slots.get(slot), 'at'))) < Date.now();
    const { context, booked } = clinicOf((slot, slots) =>
      booked.some((one) => one.slot === slot) || (booked.length > 0 && isPast(slot, slots)) ? [409] : null,
    );
    const appointments = await filling(context, 'listAppointments');
    expect(await appointments.fill(8, 'apart')).toBe(8);
  });

  it('goes on with what is there where no other can be made, for what was refused need not be used up', async () => {
    let asked = 0;
    const { context, booked } = clinicOf(() => ((asked += 1) === 2 ? [409] : null), 99, 3);
    const appointments = await filling(context, 'listAppointments');
    expect(await appointments.fill(8, 'apart')).toBe(8);
    expect(new Set(booked.map(({ slot }) => slot)).size).toBe(3);
  });

  it('stays nearer by where the list does not show what is farther off', async () => {
    const { context, backend } = clinicOf(() => null, 0);
    const appointments = await filling(context, 'listAppointments');
    await appointments.fill(8, 'apart');
    const times = (line: string): number => backend.asked.filter((one) => one === line).length;
    expect(times('POST /practitioners')).toBeLessThan(4);
  });
});

describe('a list of one thing', () => {
  const stock = () =>
    contractOf({
      '/products': { post: made('createProduct', kind()) },
      '/products/{productId}': { parameters: at('productId'), get: read },
      '/warehouses': { post: made('createWarehouse', kind()) },
      '/warehouses/{warehouseId}': { parameters: at('warehouseId'), get: read },
      '/warehouses/{warehouseId}/notes': { parameters: at('warehouseId'), post: made('createNote', kind()) },
      '/warehouses/{warehouseId}/movements': {
        parameters: at('warehouseId'),
        post: made('move', kind({ productId: number })),
      },
      '/warehouses/{warehouseId}/stock': { parameters: at('warehouseId'), get: listed('listStock') },
    });

  it('is filled by the operation that makes it longer, with what makes it so', async () => {
    const products = new Set<Json>();
    let ids = 0;
    const backend = scripted((line, body) => {
      if (line.startsWith('GET')) return [200, [...products].map(() => ({ id: 1 }))];
      if (line.endsWith('/movements')) products.add(valueOf(body, 'productId'));
      return [201, { id: (ids += 1) }];
    });
    const list = await filling(contextOf(stock(), backend), 'listStock');
    expect(await list.fill(4, 'apart')).toBe(4);
    expect(await list.fill(8, 'apart')).toBe(8);
    expect(products.size).toBe(12);
    expect(backend.asked.filter((line) => line.endsWith('/notes')).length).toBeLessThan(3);
  });
});

describe('a list of people', () => {
  const team = () =>
    contractOfPeople({
      '/teams': { post: made('createTeam', kind()) },
      '/teams/{teamId}': { parameters: at('teamId'), get: read },
      '/teams/{teamId}/members': {
        parameters: at('teamId'),
        get: listed('listMembers'),
        post: made('addMember', object({ email: text })),
      },
    });

  it('is filled with people who signed up for it, but with a few, and in no other case', async () => {
    const people = new Set<Json>();
    const members = new Set<Json>();
    const backend = scripted((line, body) => {
      const email = valueOf(body, 'email');
      if (line === 'POST /register') people.add(email);
      if (line === 'POST /login') return [200, { token: `of-${String(email)}` }];
      if (line.startsWith('GET')) return [200, [...members].map(() => ({ id: 1 }))];
      if (!line.endsWith('/members')) return [201, { id: 1 }];
      if (!people.has(email)) return [404];
      const isNew = !members.has(email);
      members.add(email);
      return isNew ? [201, { id: 2 }] : [409];
    });
    const context = contextOfPeople(team(), backend, { unsaid: 'the usual' });
    const list = await filling(context, 'listMembers');
    const before = people.size;
    expect(await list.fill(4)).toBe(0);
    expect(people.size).toBe(before);
    expect(await list.fill(4, 'apart')).toBe(4);
    expect(await list.fill(12, 'apart')).toBe(4);
    expect(members.size).toBe(8);
  });

  it('signs up nobody where whoever is named need not be known', async () => {
    const backend = scripted((line) => {
      if (line === 'POST /login') return [200, { token: 'mine' }];
      return line.startsWith('GET') ? [200, []] : [201, { id: 1 }];
    });
    const context = contextOfPeople(team(), backend, { unsaid: 'the usual' });
    const list = await filling(context, 'listMembers');
    expect(await list.fill(8, 'apart')).toBeGreaterThan(0);
    expect(backend.asked.filter((line) => line === 'POST /register')).toHaveLength(1);
  });
});
