import type { Exchange } from './exchange.ts';
import type { Json } from './json.ts';
import type { SqlValue, Statement } from './statement.ts';

export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

/** Shared names for a fault, where the field has them. */
export interface FaultNames {
  /** e.g. `CWE-89`. */
  readonly cwe?: string;
  /** OWASP API Security Top 10, 2023, e.g. `API1:2023`. */
  readonly owasp?: string;
  /** Web Fuzzing Commons, e.g. `F101`. */
  readonly wfc?: string;
}

/** One of the requests that ran at the same time. */
export interface InterleavingLane {
  /** `A`, `B`. */
  readonly name: string;
  /** `PATCH /todos/7`. */
  readonly request: string;
}

/**
 * A point on the common time line. `held`: the statement was kept from the database here, `released`: it went on, `cut`: the connection
 * was broken at it. `sent` and `answered` are of the request itself.
 */
export interface InterleavingStep {
  /** Index into the lanes; null when it cannot be told whose it is. */
  readonly lane: number | null;
  /** Milliseconds since the first step. */
  readonly at: number;
  readonly kind: 'sent' | 'statement' | 'held' | 'released' | 'cut' | 'answered';
  /** The statement, or the request line, or the answer's status. */
  readonly text: string;
  readonly parameters?: readonly SqlValue[];
  /** What became of it: `1 row`, `waited for a lock`, an error. */
  readonly result?: string;
}

/** One operation of a history in which no order explains what came back. */
export interface HistoryStep {
  /** Who did it: `A`, `B`. */
  readonly client: string;
  /** Milliseconds since the first call. */
  readonly call: number;
  /** Null: no answer came, so it may have happened at any time after its call, or never. */
  readonly return: number | null;
  /** What was done and what came back, as the model says it. */
  readonly text: string;
  /** Its place, from 1, in the longest order that is possible; null: it is left over, and cannot follow. */
  readonly place: number | null;
  /** The state after it in that order. */
  readonly state?: string;
}

/** One piece of what was observed. Everything here is plain JSON, so that it can be kept, shown and judged again. */
export type Evidence =
  | { readonly kind: 'exchange'; readonly exchange: Exchange; readonly note?: string }
  | { readonly kind: 'statements'; readonly statements: readonly Statement[]; readonly note?: string }
  | { readonly kind: 'log'; readonly lines: readonly string[]; readonly note?: string }
  | { readonly kind: 'raw'; readonly sent: string; readonly received: string; readonly note?: string }
  | {
      readonly kind: 'value';
      readonly label: string;
      readonly expected?: Json;
      readonly actual: Json;
      readonly note?: string;
    }
  | {
      readonly kind: 'interleaving';
      readonly lanes: readonly InterleavingLane[];
      readonly steps: readonly InterleavingStep[];
      readonly note?: string;
    }
  /** Operations that cannot all have happened one at a time, each between its call and its return. */
  | { readonly kind: 'history'; readonly operations: readonly HistoryStep[]; readonly note?: string }
  /** A query plan as EXPLAIN prints it, and what it becomes when what is missing is there. */
  | { readonly kind: 'plan'; readonly title: string; readonly before: string; readonly after: string }
  | { readonly kind: 'note'; readonly text: string };

/** One refutation of a claim, as a judge states it. */
export interface FindingDraft {
  /**
   * What makes two findings the same one across runs with different seeds: the check's id is added in front.
   * E.g. `createTodo` or `GET /todos/{id} 404 body`. Never contains generated values.
   */
  readonly key: string;
  /** What happened and what was expected, in one sentence: `GET /orders/7 answered 500; the contract allows 200 and 404`. */
  readonly title: string;
  /** The same told to somebody who meets it for the first time. Plain text; blank lines part paragraphs. */
  readonly detail: string;
  /** What to do about it. */
  readonly fix: string;
  /** Defaults to the check's. */
  readonly severity?: Severity;
  readonly operation?: string;
  readonly names?: FaultNames;
  readonly evidence: readonly Evidence[];
}

export interface Finding extends FindingDraft {
  /** `f-1`, `f-2` … within the run, in the order in which they were found. */
  readonly id: string;
  readonly severity: Severity;
  /** Stable across runs: `<check id>:<key>`. */
  readonly fingerprint: string;
  /** True when the baseline already had it. */
  readonly known?: boolean;
  /** The command that shows it again. */
  readonly replay: string;
}
