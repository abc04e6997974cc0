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

/** Null for what could not be made to be referred to, as long as a request may follow that does without it: at each even attempt, what may be left out is (see secondTry). */
export function mayBeLeftOut(error: unknown, attempt: number): null {
  const wasLeftOut = attempt > 0 && attempt % 2 === 0;
  if (wasLeftOut || !(error instanceof SetupFailed)) throw error;
  return null;
}

/** For what cannot be made any more, as one may have so many of it: one that is there. */
export function otherwise(made: Made | undefined): (error: unknown) => Made {
  return (error) => {
    if (made === undefined || !(error instanceof SetupFailed)) throw error;
    return made;
  };
}
