import type { Model } from '../model.ts';
import { bank } from '../models/bank.ts';
import { casRegister } from '../models/cas-register.ts';
import { counter } from '../models/counter.ts';
import { keyValue } from '../models/key-value.ts';
import { multiRegister } from '../models/multi-register.ts';
import { mutex } from '../models/mutex.ts';
import { queue } from '../models/queue.ts';
import { register } from '../models/register.ts';
import { set } from '../models/set.ts';
import { HistoryError } from '../history-error.ts';
import { isFields } from '../parsers/event.ts';
import { showValue, type Value } from '../value.ts';
import { type Fields, isWhole, wholeNumber } from './fields.ts';
import { readBank, readCounter, readMutex, readQueue, readSet } from './others.ts';
import { type Read, readCasRegister, readKeyValue, readMultiRegister, readRegister } from './registers.ts';

/** A model as the command line knows it: how to make it, and how to read recorded operations in its words. */
export interface NamedModel {
  readonly about: string;
  /** The functions it knows, for help. */
  readonly functions: string;
  /** @param initial the state to begin with; the model's own when undefined. */
  readonly make: (initial: Value | undefined) => Model;
  readonly read: (fields: Fields) => Read<unknown, unknown>;
}

/** The models of linearizability by name. */
export const models = {
  register: {
    about: 'one value that is read and written',
    functions: 'read, write',
    make: (initial) => register(initial ?? null),
    read: (fields) => readRegister(fields),
  },
  'cas-register': {
    about: 'a register with compare-and-set',
    functions: 'read, write, cas',
    make: (initial) => casRegister(initial ?? null),
    read: readCasRegister,
  },
  'multi-register': {
    about: 'registers accessed several at a time',
    functions: 'txn, read, write',
    make: (initial) => multiRegister(mapOf(initial)),
    read: readMultiRegister,
  },
  'key-value': {
    about: 'a store of keys, checked key by key',
    functions: 'get, put, append, delete, cas',
    make: (initial) => unchangeable(keyValue, initial),
    read: readKeyValue,
  },
  set: {
    about: 'a set of elements',
    functions: 'add, remove, contains, read',
    make: (initial) => unchangeable(set, initial),
    read: readSet,
  },
  queue: {
    about: 'first in, first out',
    functions: 'enqueue, dequeue',
    make: (initial) => unchangeable(queue, initial),
    read: readQueue,
  },
  counter: {
    about: 'a number that is added to',
    functions: 'add, increment, decrement, add-and-get, read',
    make: (initial) => counter(numberOf(initial)),
    read: readCounter,
  },
  mutex: {
    about: 'a lock',
    functions: 'acquire, release',
    make: (initial) => unchangeable(mutex, initial),
    read: readMutex,
  },
  bank: {
    about: 'accounts that never go below zero',
    functions: 'deposit, withdraw, transfer, balance, read',
    make: (initial) => bank(balancesOf(initial)),
    read: readBank,
  },
} as const satisfies Record<string, NamedModel>;

export type ModelName = keyof typeof models;

function unchangeable<S, I, O>(model: Model<S, I, O>, initial: Value | undefined): Model<S, I, O> {
  if (initial === undefined) return model;
  throw new HistoryError(null, `no initial state, because ${model.name} always begins empty`, showValue(initial));
}

function mapOf(initial: Value | undefined): Readonly<Record<string, Value>> {
  if (initial === undefined) return {};
  if (!isFields(initial))
    throw new HistoryError(null, 'a map of keys to values as the initial state', showValue(initial));
  return initial;
}

function numberOf(initial: Value | undefined): number {
  if (initial === undefined) return 0;
  if (!isWhole(initial)) throw new HistoryError(null, `${wholeNumber} as the initial state`, showValue(initial));
  return initial;
}

function balancesOf(initial: Value | undefined): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(mapOf(initial)).map(([account, balance]) => [account, numberOf(balance)]));
}
