/** A bound parameter, decoded for the common types: bytes as `\x…`, dates and numerics as PostgreSQL prints them. */
export type SqlValue = string | number | boolean | null;

/** One SQL statement seen on the wire between a backend and its database. */
export interface Statement {
  /** Counts up within an instance, in the order in which the backend sent them. */
  readonly id: number;
  /** Counts up within an instance; one for each connection of the backend. */
  readonly connection: number;
  /** The transaction block (BEGIN … COMMIT) it ran in, counted within an instance; null when it was its own transaction. */
  readonly transaction: number | null;
  readonly protocol: 'simple' | 'extended' | 'copy';
  readonly text: string;
  readonly parameters: readonly SqlValue[];
  /** Rows returned or affected, as the command tag counts them; null when it failed or was cut. */
  readonly rows: number | null;
  /** First word(s) of the command tag: SELECT, INSERT, UPDATE, DELETE, BEGIN, COMMIT …; null when it failed or was cut. */
  readonly command: string | null;
  readonly error?: { readonly code: string; readonly message: string };
  /** Milliseconds since the start of the run, when the proxy read the statement. */
  readonly startedAt: number;
  /** Until the proxy passed on its completion; null when the connection ended first. */
  readonly durationMs: number | null;
}

/** Which statements a rule speaks about. All given conditions must hold. */
export interface StatementMatch {
  /** Matches the statement's text. */
  readonly text?: RegExp;
  /** Told the statement's text: for what an expression cannot say, such as its template. */
  readonly where?: (text: string) => boolean;
  /** Only statements that write: INSERT, UPDATE, DELETE, MERGE, COPY FROM, or COMMIT. */
  readonly kind?: 'read' | 'write' | 'commit' | 'any';
  readonly connection?: number;
  /** Only when one of the parameters equals this, or the text contains it. */
  readonly value?: string;
}

/** Which of the matching statements a rule acts on: after `skip` of them (none), on `times` of them (all). `skip: 2, times: 1` is the third. */
export interface RuleTurns {
  readonly skip?: number;
  readonly times?: number;
}

/** What the proxy does to the statements that match. */
export type WireRule =
  | { readonly do: 'delay'; readonly match: StatementMatch; readonly ms: number }
  /** Keeps the statement from the database until the handle is released or removed. */
  | ({ readonly do: 'hold'; readonly match: StatementMatch } & RuleTurns)
  /** Breaks the connection when the statement arrives (`before`) or when its completion arrives (`after`). */
  | ({ readonly do: 'cut'; readonly match: StatementMatch; readonly when: 'before' | 'after' } & RuleTurns)
  /** Answers with an error of this SQLSTATE in place of running the statement. */
  | ({
      readonly do: 'fail';
      readonly match: StatementMatch;
      readonly code: string;
      readonly message: string;
    } & RuleTurns)
  /** Refuses new connections, as a server that is down would. */
  | { readonly do: 'refuse-connections' };

/** A statement that a rule has acted on. It is recorded when it ends; this tells of it before that. */
export interface RuleHit {
  readonly connection: number;
  readonly text: string;
}

export interface WireRuleHandle {
  /** How many statements (or connections) the rule has acted on. */
  readonly hits: number;
  /** The statement it acted on last; null before that, and for connections. */
  readonly last: RuleHit | null;
  /** Resolves when the rule has acted at least `count` times; rejects when the signal aborts. */
  waitForHits(count: number, signal: AbortSignal): Promise<void>;
  /** Lets held statements go on. */
  release(): void;
  /** Ends the rule; held statements go on. */
  remove(): void;
}
