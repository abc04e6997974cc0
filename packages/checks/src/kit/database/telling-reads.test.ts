import { expect, it } from 'vitest';
import { readRequests } from '../setup/read-requests.ts';
import { Setup } from '../setup/setup.ts';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { statementsOf } from './statements-for-tests.ts';
import { tellingReads } from './telling-reads.ts';

const item = { type: 'object', properties: { id: { type: 'integer' } } };
const query = (name: string, schema: Readonly<Record<string, string | string[]>>) => ({ name, in: 'query', schema });
const contract = contractOf({
  '/orders': {
    get: {
      operationId: 'listOrders',
      parameters: [
        query('status', { type: 'string', enum: ['open', 'cancelled'] }),
        query('late', { type: 'boolean' }),
        query('customer', { type: 'string' }),
      ],
      responses: {
        200: { description: 'All', content: { 'application/json': { schema: { type: 'array', items: item } } } },
      },
    },
    post: {
      operationId: 'addOrder',
      requestBody: { content: { 'application/json': { schema: item } } },
      responses: { 201: { description: 'Made', content: { 'application/json': { schema: item } } } },
    },
  },
});

it('leaves out what a choice is asked for that nothing has, be it one that is always made', async () => {
  const context = contextOf(
    contract,
    scripted(() => [200, []]),
  );
  const asked = await readRequests(context, new Setup(context), []);
  const told = (items: readonly number[], rows: number) =>
    asked.map((request) => {
      const exchange = exchangeOf('GET /orders', 200, { body: items });
      const statements = statementsOf('SELECT count(*)', 'SELECT *').map((one, at) =>
        at === 0 ? one : { ...one, rows },
      );
      return [request.by, tellingReads(context.shape, request, exchange, statements).length];
    });
  expect(told([], 0)).toEqual([
    [null, 0],
    ['status', 0],
    ['status', 0],
    ['late', 0],
    ['late', 0],
    ['customer', 2],
  ]);
  expect(told([1], 1)).toEqual([
    [null, 2],
    ['status', 2],
    ['status', 2],
    ['late', 2],
    ['late', 2],
    ['customer', 2],
  ]);
  expect(told([1], 0)[0]).toEqual([null, 2]);
  expect(told([1], 0).filter(([by]) => by === 'late')).toEqual([
    ['late', 1],
    ['late', 1],
  ]);
});
