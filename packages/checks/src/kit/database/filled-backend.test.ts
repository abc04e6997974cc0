import { isJsonObject, type Json } from '@assay/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readRequests } from '../setup/read-requests.ts';
import { Setup } from '../setup/setup.ts';
import { object, said, taken } from '../testing/openapi-for-tests.ts';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { testDatabases, type TestDatabases } from './database-for-tests.ts';
import { filledBackend } from './filled-backend.ts';

let databases: TestDatabases;
beforeAll(async () => {
  databases = await testDatabases();
});
afterAll(() => databases.close());

const number = { type: 'integer' };
const card = object({ id: number });
const transfer = object({ fromCardId: number, toCardId: number });
/** Cards, and transfers between two of them. */
const contract = contractOf({
  '/cards': { post: { operationId: 'createCard', responses: { '201': said(card) } } },
  '/cards/{cardId}': {
    parameters: [{ name: 'cardId', in: 'path', required: true, schema: number }],
    get: { operationId: 'getCard', responses: { '200': said(card) } },
  },
  '/transfers': {
    post: { operationId: 'createTransfer', requestBody: taken(transfer), responses: { '201': said(card) } },
    get: {
      operationId: 'listTransfers',
      parameters: [{ name: 'cardId', in: 'query', schema: number }],
      responses: { '200': said({ type: 'array', items: card }) },
    },
  },
});

/** Of cards there may be so many. */
async function bank(mostCards: number) {
  const database = await databases.open(
    `CREATE TABLE cards (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, label text DEFAULT 'mine');
     CREATE TABLE transfers (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, source int REFERENCES cards, target int REFERENCES cards)`,
  );
  let cards = 0;
  return contextOf(contract, {
    ...scripted(() => [200]),
    sql: database.sql,
    send: async ({ method, target, body }) => {
      const line = `${method} ${target}`;
      const sent = typeof body === 'string' ? (JSON.parse(body) as Json) : null;
      if (line === 'POST /cards' && (cards += 1) > mostCards) return exchangeOf(line, 409, { body: {} });
      const [row] = await database.sql(
        isJsonObject(sent)
          ? `INSERT INTO transfers (source, target) VALUES (${String(sent['fromCardId'])}, ${String(sent['toCardId'])}) RETURNING id`
          : 'INSERT INTO cards DEFAULT VALUES RETURNING id',
      );
      return exchangeOf(line, 201, { body: { id: Number(row?.['id']) } });
    },
  });
}

it('makes what refers to things of which there may be few while there are some', async () => {
  const context = await bank(3);
  const { filled, made } = await filledBackend(context);
  expect(filled.map(({ name }) => name)).toEqual(expect.arrayContaining(['cards', 'transfers']));
  expect(made.filter(({ resource }) => resource === 'transfers')).toHaveLength(16);
});

it('reads what was made before where no other can be', async () => {
  const context = await bank(0);
  const exchange = exchangeOf('POST /cards', 201, { body: { id: 7 } });
  const made = [{ resource: 'cards', id: 7, body: undefined, sent: undefined, exchange }];
  const asked = async (some: typeof made) =>
    (await readRequests(context, new Setup(context), some)).map(({ request }) => request.target);
  expect(await asked(made)).toEqual(['/cards/7', '/transfers', '/transfers?cardId=7']);
  expect(await asked([])).toEqual(['/transfers']);
});
