import type { Model } from '../model.ts';
import type { Entry } from '../operation.ts';
import { connectedNames } from '../patterns/connected.ts';
import { keyOf } from '../value.ts';

export type BankInput =
  | { readonly f: 'deposit'; readonly account: string; readonly amount: number }
  /** Refused (output false) when the money is not there. */
  | { readonly f: 'withdraw'; readonly account: string; readonly amount: number }
  | { readonly f: 'transfer'; readonly from: string; readonly to: string; readonly amount: number }
  | { readonly f: 'balance'; readonly account: string }
  | { readonly f: 'balances' };

/** Whether it was done, one balance, or all of them. An account that is not named has nothing. */
export type BankOutput = boolean | number | null | Readonly<Record<string, number>>;
type Balances = ReadonlyMap<string, number>;

/** Accounts that never go below zero. Amounts are exact: use the smallest unit of the currency. */
export function bank(initial: Readonly<Record<string, number>> = {}): Model<Balances, BankInput, BankOutput> {
  const start: Balances = withoutZeros(new Map(Object.entries(initial)));
  return {
    name: 'bank',
    initial: () => start,
    step,
    key: (state) =>
      [...state]
        .map(([account, balance]) => `${keyOf(account)}:${balance}`)
        .sort()
        .join(),
    partition: (history) =>
      connectedNames(history, ({ input }) => (input.f === 'balances' ? 'everything' : accountsOf(input))),
    effect: (input, output) => {
      if (input.f === 'balance' || input.f === 'balances' || output === false) return 'none';
      return input.f === 'deposit' ? 'blind' : 'any';
    },
    hopeless: (state, { input, output }, candidates) => hopeless(state, input, output, candidates),
    describe: (input, output, known) =>
      `${describe(input)}${known ? (output === false ? ' refused' : output === true || output === undefined || output === null ? '' : ` = ${JSON.stringify(output)}`) : ' ?'}`,
    describeState: (state) =>
      [...state].map(([account, balance]) => `${account} has ${balance}`).join(', ') || 'all empty',
  };
}

function step(state: Balances, input: BankInput, output: BankOutput | undefined): readonly Balances[] {
  switch (input.f) {
    case 'deposit':
      return [moved(state, null, input.account, input.amount)];
    case 'withdraw':
      return taken(state, input.account, null, input.amount, output);
    case 'transfer':
      return taken(state, input.from, input.to, input.amount, output);
    case 'balance':
      return output === undefined || (state.get(input.account) ?? 0) === output ? [state] : [];
    case 'balances':
      return output === undefined || agrees(state, output) ? [state] : [];
    default:
      return input satisfies never;
  }
}

function taken(
  state: Balances,
  from: string,
  to: string | null,
  amount: number,
  output: BankOutput | undefined,
): readonly Balances[] {
  const enough = (state.get(from) ?? 0) >= amount;
  if (output === undefined) return [enough ? moved(state, from, to, amount) : state];
  if (enough === (output === false)) return [];
  return [enough ? moved(state, from, to, amount) : state];
}

function moved(state: Balances, from: string | null, to: string | null, amount: number): Balances {
  const after = new Map(state);
  if (from !== null) after.set(from, (after.get(from) ?? 0) - amount);
  if (to !== null) after.set(to, (after.get(to) ?? 0) + amount);
  return withoutZeros(after);
}

/** An account with nothing and one that is not there are the same state. */
function withoutZeros(balances: Map<string, number>): Balances {
  for (const [account, balance] of balances) if (balance === 0) balances.delete(account);
  return balances;
}

function agrees(state: Balances, output: BankOutput): boolean {
  if (typeof output !== 'object' || output === null) return false;
  for (const [account, balance] of state) if ((output[account] ?? 0) !== balance) return false;
  return Object.entries(output).every(([account, balance]) => (state.get(account) ?? 0) === balance);
}

function accountsOf(input: Exclude<BankInput, { readonly f: 'balances' }>): readonly string[] {
  return input.f === 'transfer' ? [input.from, input.to] : [input.account];
}

/** A balance that is too low or too high, and nothing left that moves it that way. */
function hopeless(
  state: Balances,
  input: BankInput,
  output: BankOutput | undefined,
  candidates: readonly Entry<BankInput, BankOutput>[],
): boolean {
  const wanted: Readonly<Record<string, number>> =
    input.f === 'balance' && typeof output === 'number'
      ? { [input.account]: output }
      : input.f === 'balances' && typeof output === 'object' && output !== null
        ? output
        : {};
  return Object.entries(wanted).some(([account, balance]) => {
    const now = state.get(account) ?? 0;
    return now !== balance && !candidates.some((entry) => moves(entry.input, account, Math.sign(balance - now)));
  });
}

function moves(input: BankInput, account: string, direction: number): boolean {
  if (input.f === 'balance' || input.f === 'balances' || input.amount === 0) return false;
  const negative = input.amount < 0 ? -1 : 1;
  if (input.f === 'deposit') return input.account === account && direction === negative;
  if (input.f === 'withdraw') return input.account === account && direction === -negative;
  return (input.to === account && direction === negative) || (input.from === account && direction === -negative);
}

function describe(input: BankInput): string {
  switch (input.f) {
    case 'deposit':
      return `deposit ${input.amount} into ${input.account}`;
    case 'withdraw':
      return `withdraw ${input.amount} from ${input.account}`;
    case 'transfer':
      return `transfer ${input.amount} from ${input.from} to ${input.to}`;
    case 'balance':
      return `balance of ${input.account}`;
    case 'balances':
      return 'all balances';
    default:
      return input satisfies never;
  }
}
