import type { Scenario, ScenarioContext } from '@assay/contract';
import {
  balanceOf,
  cents,
  counterpartyOf,
  deposit,
  expectBalance,
  expectStatus,
  formatCents,
  openAccount,
  patch,
  post,
  textOf,
  transfer,
  wholeStatement,
} from './ledger-client.ts';

/** What statements of account hold, and for how long. */
export const statementScenarios: readonly Scenario[] = [
  {
    id: 'statement-adds-up',
    claim:
      'A statement holds every entry once, in an order in which the running balances add up, also when money moves while it is paged through',
    fix: 'Write the entry and its balanceAfter in the transaction that changes the balance, and page by position (WHERE id < cursor), not by OFFSET.',
    skill: 'databases',
    severity: 'high',
    async run(context: ScenarioContext) {
      const account = await openAccount(context);
      const other = await openAccount(context, { overdraftLimit: '500.00' });
      await deposit(context, account, '100.00');
      // Quarters are exact in binary too: that floats lose cents is for exact-cents to tell.
      const amounts = Array.from({ length: 6 }, () => formatCents(25n * BigInt(context.random.integer(1, 20))));
      const out = await Promise.all(amounts.map((amount) => transfer(context, account, other, amount)));
      const back = await Promise.all(amounts.map((amount) => transfer(context, other, account, amount)));
      for (const answer of [...out, ...back]) expectStatus(context, answer, 201, 'A transfer');
      const there = 1 + out.length + back.length;
      const balance = await balanceOf(context, account);
      const entries = await wholeStatement(context, account, 4, () => deposit(context, account, '0.01'));
      context.expect(entries.length === there, 'Paging shows every entry that was there at the start, and each once', {
        expected: there,
        actual: entries.length,
      });
      let running = 0n;
      for (const entry of entries.toReversed()) {
        running += cents(textOf(entry, 'amount'));
        const said = textOf(entry, 'balanceAfter');
        context.expect(cents(said) === running, 'balanceAfter of an entry is the sum of the amounts up to it', {
          expected: formatCents(running),
          actual: said,
        });
      }
      context.expect(formatCents(running) === balance, 'The sum of all entries is the balance', {
        expected: balance,
        actual: formatCents(running),
      });
    },
  },
  {
    id: 'entries-mirror-each-other',
    claim: 'A transfer leaves one entry on each side, each naming the other account as it is called now',
    fix: 'Write two entries for a transfer, and join the counterparty’s name when the statement is read instead of copying it.',
    skill: 'databases',
    severity: 'medium',
    async run(context: ScenarioContext) {
      const payer = await openAccount(context, { name: 'Ada', overdraftLimit: '20.00' });
      const payee = await openAccount(context, { name: 'Bob' });
      await post(
        context,
        '/transfers',
        { fromAccountId: payer, toAccountId: payee, amount: '12.34', memo: 'Dinner' },
        context.random.unique('key'),
      );
      expectStatus(context, await patch(context, payee, { name: 'Robert' }), 200, 'Renaming an account');
      const sides = [
        {
          account: payer,
          kind: 'transfer-out',
          amount: '-12.34',
          balanceAfter: '-12.34',
          counterparty: { id: payee, name: 'Robert' },
        },
        {
          account: payee,
          kind: 'transfer-in',
          amount: '12.34',
          balanceAfter: '12.34',
          counterparty: { id: payer, name: 'Ada' },
        },
      ];
      for (const { account, ...expected } of sides) {
        const entries = await wholeStatement(context, account, 20);
        const [entry = {}] = entries;
        const actual = {
          kind: entry['kind'] ?? null,
          amount: entry['amount'] ?? null,
          balanceAfter: entry['balanceAfter'] ?? null,
          counterparty: counterpartyOf(entry),
        };
        context.expect(
          entries.length === 1 && JSON.stringify(actual) === JSON.stringify(expected),
          `A transfer leaves one ${expected.kind} entry that names the other account`,
          {
            expected,
            actual,
          },
        );
        context.expect(entry['memo'] === 'Dinner', 'An entry carries the memo of its transfer', {
          expected: 'Dinner',
          actual: entry['memo'] ?? null,
        });
      }
    },
  },
  {
    id: 'history-is-kept',
    claim: 'An account with entries cannot be deleted, and one without can',
    fix: 'Let the foreign key of the entries refuse it (no ON DELETE CASCADE), and answer its violation with 409.',
    skill: 'databases',
    severity: 'high',
    async run(context: ScenarioContext) {
      const payer = await openAccount(context, { overdraftLimit: '5.00' });
      const payee = await openAccount(context);
      const unused = await openAccount(context);
      expectStatus(context, await transfer(context, payer, payee, '1.00'), 201, 'A transfer');
      for (const account of [payer, payee]) {
        expectStatus(
          context,
          await context.request('DELETE', `/accounts/${account}`),
          409,
          'Deleting an account with entries',
        );
        const entries = await wholeStatement(context, account, 20);
        context.expect(entries.length === 1, 'A refused deletion leaves the statement as it was', {
          expected: 1,
          actual: entries.length,
        });
      }
      expectStatus(
        context,
        await context.request('DELETE', `/accounts/${unused}`),
        204,
        'Deleting an account without entries',
      );
      expectStatus(context, await context.request('GET', `/accounts/${unused}`), 404, 'Reading a deleted account');
      expectStatus(context, await transfer(context, payee, unused, '1.00'), 404, 'A transfer to a deleted account');
      await expectBalance(context, payee, '1.00', 'after a refused transfer');
    },
  },
];
