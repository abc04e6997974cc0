import type { Statement } from '@assay/contract';
import type { Activity } from './activity.ts';
import type { WireError } from './error-response.ts';
import type { Journal } from './journal.ts';
import type { Run } from './run.ts';
import { type TransactionCounter, TransactionTracker } from './transactions.ts';

/** What all connections of one proxy share. */
export interface Ledger {
  readonly journal: Journal;
  readonly activity: Activity;
  readonly transactions: TransactionCounter;
  now(): number;
}

type Outcome = Pick<Statement, 'rows' | 'command' | 'error' | 'durationMs'>;

/** Turns what happened to the runs of one connection into statements. */
export class Recorder {
  readonly #connection: number;
  readonly #ledger: Ledger;
  readonly #transactions: TransactionTracker;
  /** The last statement since ReadyForQuery: an error at the commit behind it is its own. */
  #lastCompleted: Statement | null = null;

  constructor(connection: number, ledger: Ledger) {
    this.#connection = connection;
    this.#ledger = ledger;
    this.#transactions = new TransactionTracker(ledger.transactions);
  }

  /** Whether a transaction block is open. */
  get inBlock(): boolean {
    return this.#transactions.current !== null;
  }

  /** The run's current statement is complete; a portal that is only suspended too, for now. */
  completed(run: Run, command: string, rows: number): void {
    const transaction = this.#transactions.completed(command, run.textOf(run.piece));
    const before = run.recorded;
    const statement = this.#statement(run, transaction, {
      rows: rows + (before?.rows ?? 0),
      command,
      durationMs: this.#ledger.now() - run.startedAt,
    });
    this.#put(run, statement);
    this.#lastCompleted = statement;
  }

  failed(run: Run, error: WireError): void {
    const durationMs = this.#ledger.now() - run.startedAt;
    const { code, message } = error;
    const outcome = { rows: null, command: null, error: { code, message }, durationMs };
    this.#put(run, this.#statement(run, this.#transactions.current, outcome));
    run.failed = true;
  }

  /** The commit that Sync stands for failed, and with it what ran before. */
  failedAtCommit(error: WireError): void {
    if (this.#lastCompleted === null) return;
    const { code, message } = error;
    this.#ledger.journal.amend({ ...this.#lastCompleted, rows: null, command: null, error: { code, message } });
  }

  /** The connection ended before the run did: nobody knows how its statements ended. */
  lost(run: Run): void {
    const outcome = { rows: null, command: null, durationMs: null };
    // What a portal has given so far stays recorded.
    while (!run.failed && run.recorded === null && run.piece < run.pieces) {
      this.#put(run, this.#statement(run, this.#transactions.current, outcome));
    }
  }

  /** ReadyForQuery with its status. */
  ready(status: number): void {
    this.#transactions.ready(status);
    this.#lastCompleted = null;
  }

  #statement(run: Run, transaction: number | null, outcome: Outcome): Statement {
    const { journal } = this.#ledger;
    return {
      // A server can answer with more tags than the text has statements; ids are never used twice.
      id: run.piece < run.pieces ? run.id + run.piece : journal.reserve(1),
      connection: this.#connection,
      transaction,
      protocol: run.protocol,
      text: run.textOf(run.piece),
      parameters: run.parameters(),
      startedAt: run.startedAt,
      ...outcome,
    };
  }

  #put(run: Run, statement: Statement): void {
    if (run.recorded === null) this.#ledger.journal.record(statement);
    else this.#ledger.journal.amend(statement);
    if (run.portal === null) run.piece += 1;
    else run.recorded = statement;
  }
}
