import type { Scenario, ScenarioContext } from '@assay/contract';
import {
  deposit,
  expectBalance,
  expectSame,
  expectStatus,
  openAccount,
  patch,
  post,
  transfer,
} from './ledger-client.ts';

/** What requests promise: repetition with a key, and conditions. */
export const requestScenarios: readonly Scenario[] = [
  {
    id: 'replay-answers-alike',
    claim:
      'A request repeated with its Idempotency-Key gets the first answer again and moves nothing, also when both arrive at once',
    fix: 'Insert the key under a unique constraint at the start of the transaction that moves the money, and store status and body with it; refusals too.',
    skill: 'apis',
    severity: 'critical',
    async run(context: ScenarioContext) {
      const payer = await openAccount(context);
      const payee = await openAccount(context);
      const refusedKey = context.random.unique('key');
      const refused = await transfer(context, payer, payee, '5.00', refusedKey);
      expectStatus(context, refused, 409, 'A transfer from an empty account');
      await deposit(context, payer, '100.00');
      expectSame(
        context,
        refused,
        await transfer(context, payer, payee, '5.00', refusedKey),
        'a refused transfer, now that there is money',
      );

      const key = context.random.unique('key');
      const first = await transfer(context, payer, payee, '30.00', key);
      expectStatus(context, first, 201, 'A transfer');
      expectSame(context, first, await transfer(context, payer, payee, '30.00', key), 'a transfer');

      const twinKey = context.random.unique('key');
      const twins = await context.atOnce(
        Array.from({ length: 8 }, () => () => transfer(context, payer, payee, '1.25', twinKey)),
      );
      for (const twin of twins) {
        expectStatus(context, twin, 201, 'One of eight transfers with one key at once');
        expectSame(context, twins[0] ?? twin, twin, 'one of eight transfers with one key at once');
      }
      await expectBalance(context, payee, '31.25', 'after two transfers, one repeated and one sent eight times');
    },
  },
  {
    id: 'key-belongs-to-its-request',
    claim: 'An Idempotency-Key that was used is refused for another request',
    fix: 'Store what was asked (or its hash) with the key, compare it on a repetition, and answer 422 when it differs.',
    skill: 'apis',
    severity: 'high',
    async run(context: ScenarioContext) {
      const payer = await openAccount(context, { overdraftLimit: '100.00' });
      const payee = await openAccount(context);
      const key = context.random.unique('key');
      expectStatus(context, await transfer(context, payer, payee, '1.00', key), 201, 'A transfer');
      expectStatus(
        context,
        await transfer(context, payer, payee, '2.00', key),
        422,
        'Another amount with the same key',
      );
      expectStatus(
        context,
        await transfer(context, payee, payer, '1.00', key),
        422,
        'The opposite transfer with the same key',
      );
      expectStatus(
        context,
        await post(context, '/deposits', { accountId: payer, amount: '1.00' }, key),
        422,
        'A deposit with the key of a transfer',
      );
      await expectBalance(context, payee, '1.00', 'after one transfer and three misuses of its key');
    },
  },
  {
    id: 'entity-tag-follows-balance',
    claim: 'An account’s entity tag changes when money moves, so that a change based on an old reading is refused',
    fix: 'Raise the version from which the ETag is made in every statement that changes the row, the balance included.',
    skill: 'apis',
    severity: 'medium',
    async run(context: ScenarioContext) {
      const account = await openAccount(context);
      const before = (await context.request('GET', `/accounts/${account}`)).headers['etag'] ?? '';
      await deposit(context, account, '5.00');
      const read = await context.request('GET', `/accounts/${account}`, { headers: { 'If-None-Match': before } });
      expectStatus(context, read, 200, 'Reading with the entity tag from before a deposit');
      expectStatus(
        context,
        await patch(context, account, { name: 'Stale' }, before),
        412,
        'A change with the entity tag from before a deposit',
      );
      expectStatus(
        context,
        await patch(context, account, { name: 'Fresh' }, read.headers['etag']),
        200,
        'A change with the current entity tag',
      );
    },
  },
];
