import { expect, it } from 'vitest';
import { statementsOf } from '../database/statements-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { Setup } from './setup.ts';
import { lookups, writeRequests } from './write-requests.ts';

const thing = { type: 'object', properties: { id: { type: 'integer' } } };
const content = { content: { 'application/json': { schema: thing } } };
const responses = { 200: { description: 'It', ...content } };
const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }];
const contract = contractOf({
  '/orders/{id}': {
    delete: { operationId: 'dropOrder', parameters, responses: { 204: { description: 'Gone' } } },
    get: { operationId: 'readOrder', parameters, responses },
    put: { operationId: 'changeOrder', parameters, requestBody: content, responses },
  },
  '/orders': {
    post: { operationId: 'addOrder', requestBody: content, responses: { 201: { description: 'Made', ...content } } },
  },
  '/session/sign-out': { post: { operationId: 'leave', responses: { 204: { description: 'Gone' } } } },
});

it('asks for all that writes but signing out, and for what removes last, with another thing each time', async () => {
  let made = 0;
  const backend = scripted((line) => (line.startsWith('POST') ? [201, { id: (made += 1) }] : [200, null]));
  const context = contextOf(contract, backend);
  const requests = writeRequests(context, new Setup(context));
  expect(requests.map(({ operation }) => operation)).toEqual(['addOrder', 'changeOrder', 'dropOrder']);
  const drop = requests.at(-1);
  expect([await drop?.next(), await drop?.next()]).toMatchObject([{ target: '/orders/1' }, { target: '/orders/2' }]);
});

it('looks at the statements that look for rows, and not for a range of them', () => {
  const statements = statementsOf(
    'SELECT id FROM users WHERE email = $1',
    `UPDATE tokens SET used = true WHERE token = $1 AND data ->> 'for' <> 'a < b'`,
    'DELETE FROM tokens WHERE user_id = $1',
    'INSERT INTO tokens (token) VALUES ($1)',
    'DELETE FROM tokens WHERE made_at < now()',
    'SELECT 1 FROM stays WHERE room_id = $1 AND day BETWEEN $2 AND $3',
  );
  expect(lookups(statements).map(({ id }) => id)).toEqual([1, 2, 3]);
});
