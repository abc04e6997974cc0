import fc from 'fast-check';
import { bank, type BankInput, type BankOutput } from '../models/bank.ts';
import { casRegister } from '../models/cas-register.ts';
import { counter, type CounterInput } from '../models/counter.ts';
import { keyValue, type KeyValueInput } from '../models/key-value.ts';
import { multiRegister, type MultiRegisterInput, type RegisterAccess } from '../models/multi-register.ts';
import { mutex, type MutexInput } from '../models/mutex.ts';
import { queue, type QueueInput } from '../models/queue.ts';
import { register } from '../models/register.ts';
import type { CasRegisterInput } from '../models/register-input.ts';
import { set, type SetInput } from '../models/set.ts';
import { sameValue, type Value } from '../value.ts';
import type { Subject } from './histories.ts';

const value = fc.constantFrom<Value>(1, 2, 3);
const seen = fc.constantFrom<Value>(null, 1, 2, 3);
const key = fc.constantFrom('x', 'y');
const nothing = fc.constant(undefined);

function oneOfInputs<I>(...inputs: fc.Arbitrary<I>[]): fc.Arbitrary<I> {
  return fc.oneof(...inputs);
}

const read = fc.constant<CasRegisterInput>({ f: 'read' });
const write = value.map((each): CasRegisterInput => ({ f: 'write', value: each }));
const cas = fc.tuple(value, value).map(([from, to]): CasRegisterInput => ({ f: 'cas', from, to }));

export const registerSubject: Subject<Value, CasRegisterInput, Value> = {
  name: 'register',
  model: register(),
  input: oneOfInputs(read, write),
  output: (input) => (input.f === 'read' ? seen : nothing),
  answer: (state, input) => (input.f === 'read' ? state : undefined),
};

export const casRegisterSubject: Subject<Value, CasRegisterInput, Value> = {
  name: 'cas-register',
  model: casRegister(1),
  input: oneOfInputs(read, write, cas),
  output: (input) => (input.f === 'read' ? seen : input.f === 'cas' ? fc.boolean() : nothing),
  answer: (state, input) => (input.f === 'read' ? state : input.f === 'cas' ? sameValue(state, input.from) : undefined),
};

const text = fc.constantFrom('', 'a', 'b', 'ab', 'ba', 'aa', 'abc');
const piece = fc.constantFrom('a', 'b', 'c', 'ab');
/** One key: that keys are told apart is tested by itself, because the model's state is that of one. */
const one = fc.constant('x');
const get = one.map((each): KeyValueInput => ({ f: 'get', key: each }));
const put = fc
  .tuple(one, fc.constantFrom<Value>('a', 'b', ''))
  .map(([each, put_]): KeyValueInput => ({ f: 'put', key: each, value: put_ }));
const append = fc
  .tuple(one, piece)
  .map(([each, appended]): KeyValueInput => ({ f: 'append', key: each, value: appended }));
const remove = one.map((each): KeyValueInput => ({ f: 'delete', key: each }));
const swap = fc.tuple(one, text, text).map(([each, from, to]): KeyValueInput => ({ f: 'cas', key: each, from, to }));

function store(name: string, input: fc.Arbitrary<KeyValueInput>): Subject<Value, KeyValueInput, Value> {
  return {
    name,
    model: keyValue,
    input,
    output: (each) => (each.f === 'get' ? text : each.f === 'cas' ? fc.boolean() : nothing),
    answer: (state, each) =>
      each.f === 'get' ? state : each.f === 'cas' ? sameValue(state, each.from === '' ? null : each.from) : undefined,
  };
}

export const storeSubjects = [
  store('key-value (get, put)', oneOfInputs(get, put)),
  store('key-value (get, put, delete)', oneOfInputs(get, put, remove)),
  store('key-value (get, append)', oneOfInputs(get, append)),
  store('key-value (get, put, append)', oneOfInputs(get, put, append, append)),
  store('key-value (all)', oneOfInputs(get, put, append, remove, swap)),
];

const element = fc.constantFrom<Value>(1, 2, 3);
const adding = element.map((each): SetInput => ({ f: 'add', value: each }));
const setInputs = [
  adding,
  element.map((each): SetInput => ({ f: 'remove', value: each })),
  element.map((each): SetInput => ({ f: 'contains', value: each })),
];
const whole = fc.constant<SetInput>({ f: 'read' });

function setOf(
  name: string,
  input: fc.Arbitrary<SetInput>,
): Subject<ReadonlySet<string>, SetInput, boolean | null | readonly Value[]> {
  return {
    name,
    model: set,
    input,
    output: (each) =>
      each.f === 'read' ? fc.subarray<Value>([1, 2, 3]) : each.f === 'contains' ? fc.boolean() : nothing,
    answer: (state, each) =>
      each.f === 'read' ? [...state].map(Number) : each.f === 'contains' ? state.has(String(each.value)) : undefined,
  };
}

export const setSubjects = [
  setOf('set (growing)', oneOfInputs(adding, whole)),
  setOf('set (single)', oneOfInputs(...setInputs)),
  setOf('set (all)', oneOfInputs(whole, ...setInputs)),
];

export const queueSubject: Subject<readonly Value[], QueueInput, Value> = {
  name: 'queue',
  model: queue,
  input: oneOfInputs(
    fc.constantFrom<Value>(1, 2, 3, 4, 5).map((each): QueueInput => ({ f: 'enqueue', value: each })),
    fc.constant<QueueInput>({ f: 'dequeue' }),
  ),
  output: (input) => (input.f === 'dequeue' ? fc.constantFrom<Value>(null, 1, 2, 3, 4, 5) : nothing),
  answer: (state, input) => (input.f === 'dequeue' ? (state[0] ?? null) : undefined),
};

export const counterSubject: Subject<number, CounterInput, number | null> = {
  name: 'counter',
  model: counter(),
  input: oneOfInputs(
    fc.constant<CounterInput>({ f: 'read' }),
    fc.constantFrom(1, 2, -1).map((amount): CounterInput => ({ f: 'add', amount })),
  ),
  output: (input) =>
    input.f === 'read' ? fc.integer({ min: -2, max: 4 }) : fc.oneof(nothing, fc.integer({ min: -1, max: 3 })),
  answer: (state, input) => (input.f === 'read' ? state : undefined),
};

export const mutexSubject: Subject<boolean, MutexInput, unknown> = {
  name: 'mutex',
  model: mutex,
  input: fc.constantFrom<MutexInput>({ f: 'acquire' }, { f: 'release' }),
  output: () => nothing,
  answer: () => undefined,
};

const access = fc.oneof(
  key.map((each): RegisterAccess => ({ f: 'read', key: each })),
  fc.tuple(key, value).map(([each, written]): RegisterAccess => ({ f: 'write', key: each, value: written })),
);

export const multiRegisterSubject: Subject<ReadonlyMap<string, Value>, MultiRegisterInput, readonly Value[]> = {
  name: 'multi-register',
  model: multiRegister({ x: 1 }),
  input: fc.array(access, { minLength: 1, maxLength: 2 }),
  output: (input) => fc.tuple(...input.map(() => seen)),
  answer: (state, input) => {
    const now = new Map(state);
    return input.map((each) => {
      if (each.f === 'write') now.set(each.key, each.value);
      return now.get(each.key) ?? null;
    });
  },
};

const account = fc.constantFrom('a', 'b');
const amount = fc.constantFrom(1, 2);

export const bankSubject: Subject<ReadonlyMap<string, number>, BankInput, BankOutput> = {
  name: 'bank',
  model: bank({ a: 2 }),
  input: oneOfInputs(
    fc.tuple(account, amount).map(([each, much]): BankInput => ({ f: 'deposit', account: each, amount: much })),
    fc.tuple(account, amount).map(([each, much]): BankInput => ({ f: 'withdraw', account: each, amount: much })),
    fc
      .tuple(account, account, amount)
      .map(([from, to, much]): BankInput => ({ f: 'transfer', from, to, amount: much })),
    account.map((each): BankInput => ({ f: 'balance', account: each })),
    fc.constant<BankInput>({ f: 'balances' }),
  ),
  output: (input) => {
    if (input.f === 'balance') return fc.nat(3);
    if (input.f === 'balances') return fc.record({ a: fc.nat(2), b: fc.nat(2) });
    return input.f === 'deposit' ? nothing : fc.boolean();
  },
  answer: (state, input) => {
    if (input.f === 'balance') return state.get(input.account) ?? 0;
    if (input.f === 'balances') return Object.fromEntries(state);
    if (input.f === 'deposit') return undefined;
    return (state.get(input.f === 'withdraw' ? input.account : input.from) ?? 0) >= input.amount;
  },
};
