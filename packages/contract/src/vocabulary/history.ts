import type { Exchange, RequestSpec } from './exchange.ts';
import type { Json } from './json.ts';
import type { Random } from './random.ts';

/** What an answer says of an operation. `failed`: it certainly did not happen. `unknown`: it may have happened at any later time, or never. */
export type HistoryOutcome =
  /** `output` as the model has it; left out where the model's operation has none. */
  { readonly outcome: 'ok'; readonly output?: Json } | { readonly outcome: 'failed' } | { readonly outcome: 'unknown' };

/** One operation that a client is about to do. */
export interface HistoryOperation {
  /** In the words of the model: `{ f: 'get', key: '7' }`. */
  readonly input: Json;
  readonly request: RequestSpec;
  read(exchange: Exchange): HistoryOutcome;
}

export interface HistoryContext {
  readonly random: Random;
  send(request: RequestSpec): Promise<Exchange>;
}

/**
 * How requests to a challenge's backend become the operations of a model, so that what clients see who ask at the same time can be held against
 * some order of one at a time.
 */
export interface HistorySource {
  /** Stable, for the finding: `balances`. */
  readonly id: string;
  /** What the history is of, in the plural: `accounts`. */
  readonly title: string;
  /** The name of a model of the history checker: `register`, `key-value`, `bank` … */
  readonly model: string;
  /**
   * Makes the few things that the clients share. Null when they could not be made; whatever was done to them by then is not a part of the
   * history, so they must be in the model's first state, or `opening` must say how they came out of it.
   */
  prepare(context: HistoryContext): Promise<HistoryScene | null>;
}

export interface HistoryScene {
  /** Operations that were done before, one after the other, with what came back. */
  readonly opening: readonly { readonly input: Json; readonly output?: Json }[];
  /** The next operation of a client, 0, 1 … */
  next(client: number, random: Random): HistoryOperation;
}
