import type { Exchange, Json } from '@assay/contract';
import { advice } from '../answers/turned-away.ts';
import { outcome, saying } from '../words.ts';

/** A thing that was made through the contract's own create operation. */
export interface Made {
  readonly resource: string;
  readonly id: Json;
  /** The body of the response that told of it. */
  readonly body: Json | undefined;
  /** The body that was sent. */
  readonly sent: Json | undefined;
  readonly exchange: Exchange;
}

/** What a check needs first could not be made; the check is then undecided, for another one says what is wrong. */
export class SetupFailed extends Error {
  readonly exchange: Exchange | null;

  constructor(message: string, exchange: Exchange | null = null) {
    super(message);
    this.name = 'SetupFailed';
    this.exchange = exchange;
  }
}

/** What is thrown for a thing that could not be made: the last answer, and in its own words why. */
export function notMade(last: Exchange | null, whyNobody: string): SetupFailed {
  return new SetupFailed(
    last === null
      ? 'there was no time left'
      : `nothing could be created: ${outcome(last)}${saying(last)}${advice(last)}${whyNobody}`,
    last,
  );
}
