import type { BankInput, BankOutput } from '../models/bank.ts';
import type { CounterInput } from '../models/counter.ts';
import type { MutexInput } from '../models/mutex.ts';
import type { QueueInput } from '../models/queue.ts';
import type { SetInput, SetOutput } from '../models/set.ts';
import type { Value } from '../value.ts';
import type { Fields } from './fields.ts';
import type { Read } from './registers.ts';

export function readSet(fields: Fields): Read<SetInput, SetOutput> {
  const { f, value } = fields.record;
  if (f === 'add' || f === 'remove') return { input: { f, value }, output: undefined };
  if (f === 'read') {
    const elements = fields.known(fields.answer);
    return { input: { f: 'read' }, output: elements === undefined ? undefined : fields.list(elements, 'read') };
  }
  if (f !== 'contains') return fields.unknownFunction('set', 'add, remove, contains or read');
  const { seen } = fields;
  if (seen !== undefined && typeof seen !== 'boolean') return fields.fail('true or false from contains', seen);
  return { input: { f: 'contains', value }, output: seen };
}

export function readQueue(fields: Fields): Read<QueueInput, Value> {
  const { f, value } = fields.record;
  if (f === 'enqueue')
    return value === null
      ? fields.fail('a value to enqueue', value)
      : { input: { f: 'enqueue', value }, output: undefined };
  if (f === 'dequeue') return { input: { f: 'dequeue' }, output: fields.answer };
  return fields.unknownFunction('queue', 'enqueue or dequeue');
}

export function readCounter(fields: Fields): Read<CounterInput, number | null> {
  const { f, value } = fields.record;
  if (f === 'read') {
    const sum = fields.known(fields.answer);
    return { input: { f: 'read' }, output: sum === undefined ? undefined : fields.whole(sum, 'read') };
  }
  const amount = (sign: number): CounterInput => ({
    f: 'add',
    amount: sign * (value === null ? 1 : fields.whole(value, f)),
  });
  if (f === 'add' || f === 'inc' || f === 'increment') return { input: amount(1), output: undefined };
  if (f === 'dec' || f === 'decrement') return { input: amount(-1), output: undefined };
  // The completion says the value after it, which Jepsen's `add` does not.
  if (f === 'add-and-get') {
    const result = fields.result ?? undefined;
    return { input: amount(1), output: result === undefined ? undefined : fields.whole(result, f) };
  }
  return fields.unknownFunction('counter', 'add, increment, decrement, add-and-get or read');
}

export function readMutex(fields: Fields): Read<MutexInput, unknown> {
  const { f } = fields.record;
  if (f === 'acquire' || f === 'lock') return { input: { f: 'acquire' }, output: undefined };
  if (f === 'release' || f === 'unlock') return { input: { f: 'release' }, output: undefined };
  return fields.unknownFunction('mutex', 'acquire or release');
}

export function readBank(fields: Fields): Read<BankInput, BankOutput> {
  const { f, value } = fields.record;
  const { result, seen } = fields;
  if (f === 'read' || f === 'balances') {
    const all = fields.known(fields.answer);
    return { input: { f: 'balances' }, output: all === undefined ? undefined : balancesOf(fields, all) };
  }
  if (f === 'balance')
    return {
      input: { f, account: fields.text(value, 'account') },
      output: seen === undefined ? undefined : fields.whole(seen, 'balance'),
    };
  const asked = fields.map(value, f);
  const amount = fields.whole(asked['amount'], 'amount');
  // A completion repeats what was asked; only an explicit false says that the money was not there.
  const output = fields.record.type === 'ok' ? result !== false : undefined;
  if (f === 'transfer')
    return {
      input: { f, from: fields.text(asked['from'], 'from'), to: fields.text(asked['to'], 'to'), amount },
      output,
    };
  if (f !== 'deposit' && f !== 'withdraw')
    return fields.unknownFunction('bank', 'deposit, withdraw, transfer, balance or read');
  return { input: { f, account: fields.text(asked['account'], 'account'), amount }, output };
}

export function balancesOf(fields: Fields, value: Value): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(fields.map(value, 'balances')).map(([account, balance]) => [
      account,
      fields.whole(balance, account),
    ]),
  );
}
