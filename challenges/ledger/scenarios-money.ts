import type { Scenario, ScenarioContext } from '@assay/contract';
import {
  balanceOf,
  cents,
  deposit,
  expectBalance,
  expectStatus,
  formatCents,
  openAccount,
  patch,
  transfer,
} from './ledger-client.ts';

/** What money does: sums, limits and races. */
export const moneyScenarios: readonly Scenario[] = [
  {
    id: 'exact-cents',
    claim: 'Sums of cents are exact, from three times 0.10 to billions',
    fix: 'Keep money in NUMERIC (or as whole cents) from the request to the response; never let it become a float.',
    skill: 'databases',
    severity: 'critical',
    async run(context: ScenarioContext) {
      const account = await openAccount(context);
      for (const amount of ['0.10', '0.10', '0.10']) await deposit(context, account, amount);
      await expectBalance(context, account, '0.30', 'after 0.10 was paid in three times');
      const amounts = [
        '999999999999.99',
        '0.01',
        '0.07',
        '0.29',
        '19.99',
        '123456789.01',
        ...Array.from({ length: 12 }, () => formatCents(BigInt(context.random.integer(1, 9_999_999)))),
      ];
      for (const amount of amounts) await deposit(context, account, amount);
      const total = amounts.reduce((sum, amount) => sum + cents(amount), 30n);
      await expectBalance(context, account, formatCents(total), `after ${amounts.length} more deposits`);
    },
  },
  {
    id: 'overdraft-to-the-cent',
    claim: 'An account can be drawn on down to its overdraft limit, and not one cent further',
    fix: 'Compare balance + overdraftLimit >= amount in decimals, and put CHECK (balance >= -overdraft_limit) into the schema.',
    skill: 'databases',
    severity: 'critical',
    async run(context: ScenarioContext) {
      const payer = await openAccount(context, { overdraftLimit: '25.50' });
      const payee = await openAccount(context);
      await deposit(context, payer, '10.00');
      expectStatus(
        context,
        await transfer(context, payer, payee, '35.51'),
        409,
        'A transfer of one cent more than balance and overdraft limit together',
      );
      await expectBalance(context, payer, '10.00', 'after a refused transfer');
      await expectBalance(context, payee, '0.00', 'after a refused transfer');
      expectStatus(
        context,
        await transfer(context, payer, payee, '35.50'),
        201,
        'A transfer of exactly what balance and overdraft limit allow',
      );
      await expectBalance(context, payer, '-25.50', 'at its limit');
      expectStatus(
        context,
        await transfer(context, payer, payee, '0.01'),
        409,
        'A transfer of 0.01 from an account at its limit',
      );
      expectStatus(
        context,
        await patch(context, payer, { overdraftLimit: '25.49' }),
        409,
        'Lowering the limit below what is overdrawn',
      );
      await expectBalance(context, payer, '-25.50', 'after refused changes');
    },
  },
  {
    id: 'race-never-overdraws',
    claim: 'Twenty transfers at once from one account overdraw nothing and lose nothing',
    fix: 'Lock the row (SELECT … FOR UPDATE) before the balance is compared, or let one UPDATE compare and subtract; both legs in one transaction.',
    skill: 'databases',
    severity: 'critical',
    async run(context: ScenarioContext) {
      // A race may be won by luck; three in a row hardly.
      for (let round = 0; round < 3; round += 1) await raceFromOneAccount(context);
    },
  },
  {
    id: 'opposite-transfers',
    claim: 'Transfers in both directions at once neither deadlock nor lose money',
    fix: 'Lock the two accounts in one fixed order (by id), whoever pays.',
    skill: 'databases',
    severity: 'high',
    async run(context: ScenarioContext) {
      const one = await openAccount(context, { overdraftLimit: '500.00' });
      const other = await openAccount(context, { overdraftLimit: '500.00' });
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          index % 2 === 0 ? transfer(context, one, other, '3.00') : transfer(context, other, one, '1.00'),
        ),
      );
      for (const answer of answers)
        expectStatus(context, answer, 201, 'One of forty transfers in both directions at once');
      await expectBalance(context, one, '-40.00', 'after twenty transfers of 3.00 out and twenty of 1.00 in');
      await expectBalance(context, other, '40.00', 'after twenty transfers of 3.00 in and twenty of 1.00 out');
    },
  },
];

/** Twenty transfers of 7.00 at once from an account that can pay ten of them. */
async function raceFromOneAccount(context: ScenarioContext): Promise<void> {
  const payer = await openAccount(context, { overdraftLimit: '13.00' });
  const payees = await Promise.all([openAccount(context), openAccount(context)]);
  await deposit(context, payer, '60.00');
  const answers = await context.atOnce(
    Array.from({ length: 20 }, (_, index) => () => transfer(context, payer, payees[index % 2] ?? payees[0], '7.00')),
  );
  const statuses = answers.map(({ status }) => status);
  context.expect(
    statuses.every((status) => status === 201 || status === 409),
    'Transfers at once are carried out (201) or refused (409)',
    { expected: [201, 409], actual: [...new Set(statuses)] },
  );
  const done = statuses.filter((status) => status === 201).length;
  context.expect(done === 10, 'Of twenty transfers of 7.00 from 73.00 at once, ten are carried out', {
    expected: 10,
    actual: done,
  });
  await expectBalance(context, payer, '-10.00', 'after ten transfers of 7.00');
  const received = await Promise.all(payees.map((payee) => balanceOf(context, payee)));
  const total = formatCents(received.reduce((sum, balance) => sum + cents(balance), 0n));
  context.expect(total === '70.00', 'What was paid out was received', { expected: '70.00', actual: total });
}
