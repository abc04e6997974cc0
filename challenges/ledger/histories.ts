import {
  bodyJson,
  type Exchange,
  type HistoryOperation,
  type HistoryOutcome,
  type HistorySource,
  isJsonObject,
  type Json,
} from '@assay/contract';
import { cents, model } from './model.ts';

const accounts = 3;
const opening = 3000;

/** Few accounts with little money, many who move it: whether every balance and every refusal fits one order of all movements. */
const balances: HistorySource = {
  id: 'balances',
  title: 'accounts',
  model: model.name,
  async prepare({ random, send }) {
    const ids: string[] = [];
    for (let each = 0; each < accounts; each += 1) {
      const opened = await send(
        post('createAccount', '/accounts', { name: random.unique('account'), currency: 'EUR' }, null),
      );
      const id = memberOf(opened, 'id');
      if (opened.response?.status !== 201 || typeof id !== 'string') return null;
      ids.push(id);
    }
    const [first = ''] = ids;
    const key = random.unique('key');
    const paid = await send(post('createDeposit', '/deposits', { accountId: first, amount: amountOf(opening) }, key));
    if (paid.response?.status !== 201) return null;
    return {
      opening: [{ input: { f: 'deposit', account: first, amount: opening } }],
      next(_client, source): HistoryOperation {
        const account = source.pick(ids);
        const kind = source.integer(1, 10);
        if (kind <= 4)
          return {
            input: { f: 'balance', account },
            request: { method: 'GET', target: `/accounts/${account}`, operation: 'getAccount' },
            read: readBalance,
          };
        const amount = source.integer(1, 3) * 1000;
        const own = source.unique('key');
        if (kind === 5)
          return {
            input: { f: 'deposit', account, amount },
            request: post('createDeposit', '/deposits', { accountId: account, amount: amountOf(amount) }, own),
            read: ({ response }) => (response?.status === 201 ? { outcome: 'ok' } : { outcome: 'unknown' }),
          };
        const to = source.pick(ids.filter((id) => id !== account));
        const body = { fromAccountId: account, toAccountId: to, amount: amountOf(amount) };
        return {
          input: { f: 'transfer', from: account, to, amount },
          request: post('createTransfer', '/transfers', body, own),
          read: readTransfer,
        };
      },
    };
  },
};

export const histories: readonly HistorySource[] = [balances];

function readBalance(exchange: Exchange): HistoryOutcome {
  const balance = memberOf(exchange, 'balance');
  if (exchange.response?.status !== 200 || typeof balance !== 'string') return { outcome: 'unknown' };
  return { outcome: 'ok', output: cents(balance) };
}

/** A refusal for want of money is an observation: at some moment it was not there. */
function readTransfer(exchange: Exchange): HistoryOutcome {
  if (exchange.response?.status === 201) return { outcome: 'ok', output: true };
  if (exchange.response?.status === 409 && memberOf(exchange, 'type') === 'urn:ledger:insufficient-funds')
    return { outcome: 'ok', output: false };
  return { outcome: 'unknown' };
}

function post(operation: string, target: string, body: Json, key: string | null) {
  return {
    method: 'POST',
    target,
    operation,
    headers: [
      ['content-type', 'application/json'],
      ...(key === null ? [] : [['idempotency-key', key] as const]),
    ] as const,
    body: JSON.stringify(body),
  };
}

function memberOf(exchange: Exchange, name: string): Json | undefined {
  const body = bodyJson(exchange.response?.body);
  return isJsonObject(body) ? body[name] : undefined;
}

function amountOf(wholeCents: number): string {
  return (wholeCents / 100).toFixed(2);
}
