import type { Outcome } from '../operation.ts';
import type { Value } from '../value.ts';

export type MicroOperation =
  /** Puts a value behind the list at the key. */
  | { readonly f: 'append'; readonly key: string; readonly value: Value }
  | { readonly f: 'write'; readonly key: string; readonly value: Value }
  /** What was read: a list (null for none) or a register's value; absent when unknown. */
  | { readonly f: 'read'; readonly key: string; readonly value?: Value };

/** Operations that are meant to happen as one. */
export interface Transaction {
  /** The client; null when nobody knows which, so that no session ties it to others. */
  readonly process: string | number | null;
  readonly operations: readonly MicroOperation[];
  readonly outcome: Outcome;
  /** Needed for real-time order only. */
  readonly call?: number;
  readonly return?: number;
  readonly line?: number;
}

/** How findings name a transaction: by its place in the history. */
export function nameOf(index: number): string {
  return `T${index}`;
}

/** What transactions do beside reading: append to lists, or write registers. */
export const transactionKinds = ['list-append', 'rw-register'] as const;
export type TransactionKind = (typeof transactionKinds)[number];

export function isTransactionKind(name: string): name is TransactionKind {
  return transactionKinds.some((kind) => kind === name);
}
