import type { Json } from '@assay/contract';
import { expect, it } from 'vitest';
import { operationOf } from '../requests/cases.ts';
import { Setup } from '../setup/setup.ts';
import { object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { faultSubject } from './fault-subjects.ts';

const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const event = object({ id: { type: 'integer' }, title: text });
const action = (operationId: string) => ({ post: { operationId, parameters: [id], responses: { 200: said(event) } } });
const contract = contractOf({
  '/events': {
    post: { operationId: 'addEvent', requestBody: taken(object({ title: text })), responses: { 201: said(event) } },
  },
  '/events/{id}': { get: { operationId: 'getEvent', parameters: [id], responses: { 200: said(event) } } },
  '/events/{id}/call-off': action('callOff'),
  '/events/{id}/move': action('move'),
  '/tickets': {
    post: {
      operationId: 'buy',
      requestBody: taken(object({ eventId: { type: 'integer' } })),
      responses: { 201: said(object({ id: { type: 'integer' } })) },
    },
  },
} as Json);

/** How many tickets are asked for by the search for an accepted request of each of two actions that are always refused. */
async function askedFor(sells: boolean): Promise<readonly number[]> {
  let last = 0;
  const backend = scripted((line) =>
    /call-off|move$/.test(line) || (line === 'POST /tickets' && !sells)
      ? [409]
      : [201, { id: (last += 1), title: 'a' }],
  );
  const context = contextOf(contract, backend);
  const setup = new Setup(context);
  const asked: number[] = [];
  for (const operation of ['callOff', 'move']) {
    const before = backend.asked.length;
    await expect(faultSubject(context, setup, operationOf(contract, operation))).rejects.toThrow('accepted no request');
    asked.push(backend.asked.slice(before).filter((line) => line === 'POST /tickets').length);
  }
  return asked;
}

it('tries for one operation only what was refused for every thing of its kind, and for each what was made', async () => {
  const [first, second] = await askedFor(false);
  expect(first).toBeGreaterThan(0);
  expect(second).toBe(0);
  expect(await askedFor(true)).toEqual([1, 1]);
});
