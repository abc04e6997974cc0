import type { Exchange, Recording, Statement } from '@assay/contract';

/** An exchange as a line of a long list. */
export interface ExchangeSummary {
  readonly id: string;
  readonly check: string;
  readonly operation: string | null;
  readonly method: string;
  /** At most 300 characters of it. */
  readonly target: string;
  /** Null: there was no answer. */
  readonly status: number | null;
  readonly durationMs: number;
  /** Milliseconds since the start of the run. */
  readonly startedAt: number;
  /** Statements that it certainly ran. */
  readonly statements: number;
}

/** An exchange whole, with the statements that it certainly ran. */
export interface ExchangeDetail {
  readonly exchange: Exchange;
  readonly statements: readonly Statement[];
  /** How many more it ran: a file keeps the first of them. */
  readonly leftOut?: number;
}

const longestTarget = 300;

export function summaryOf({ exchange, statements, leftOut = 0 }: ExchangeDetail): ExchangeSummary {
  const { id, check, operation = null, request, response, durationMs, startedAt } = exchange;
  return {
    id,
    check,
    operation,
    method: request.method.slice(0, longestTarget).toWellFormed(),
    target: request.target.slice(0, longestTarget).toWellFormed(),
    status: response?.status ?? null,
    durationMs: Number(durationMs.toFixed(2)),
    startedAt: Math.round(startedAt),
    statements: statements.length + leftOut,
  };
}

/** Each exchange of a recording with its statements, in the order of sending. */
export function detailsOf({ exchanges, statements, leftOut = {} }: Recording): readonly ExchangeDetail[] {
  const caused = Map.groupBy(statements, ({ exchange }) => exchange);
  return exchanges.map((exchange) => {
    const more = leftOut[exchange.id];
    return {
      exchange,
      statements: caused.get(exchange.id) ?? [],
      ...(more === undefined ? {} : { leftOut: more }),
    };
  });
}
