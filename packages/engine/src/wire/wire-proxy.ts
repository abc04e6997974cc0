import type { OnReadOpts, Socket } from 'node:net';
import type { Statement, Wire } from '@assay/contract';
import { Activity } from './activity.ts';
import { Journal } from './journal.ts';
import { RuleSet } from './rules.ts';
import { Session } from './session.ts';

export interface WireProxyOptions {
  /** Opens a connection to the database, with these options for reading; it may still be connecting when it is returned. */
  readonly connectUpstream: (onread: OnReadOpts) => Socket;
  /** Milliseconds since the start of the run. */
  readonly now: () => number;
  /**
   * Called for each statement when it is complete, has failed or was cut; again with the same id when more is known: further rows of a
   * portal, or an error at the commit.
   */
  readonly onStatement?: (statement: Statement) => void;
  /** How many statements are kept; the oldest go first. Default 50,000. */
  readonly maxKept?: number;
  /** How long `idle` waits for a statement that no rule holds. Milliseconds. */
  readonly awaitedMs?: number;
}

/**
 * Stands between a backend and its database and speaks PostgreSQL's protocol, version 3. Whoever creates it listens, and hands over the
 * connections.
 *
 * What is recorded
 * - Statements which the server never looked at, because one in front of them in the same pipeline failed, are not; their ids stay unused.
 * - A portal read in parts is one statement, with the rows of all parts.
 * - A Parse or Bind that fails without an Execute is a statement with its error; its id is given when it fails.
 * - An error at the commit behind Sync is put to the last statement in front of it.
 * - Parameters sent as text become numbers and booleans only when their type is known: given in Parse, or described by the server.
 *
 * What the rules do
 * - They act when a Query or the first Execute of a portal is read. While there are rules, Parse, Bind and Describe are kept back until
 *   the Execute (or Sync, or Flush) behind them, so that a held statement has taken no lock and no snapshot.
 * - `cut after` breaks the connection when the statement is complete; outside a transaction block, when it is committed too.
 * - `fail` brings the server itself to fail in this place, so that transactions end as after any error; a COMMIT is rolled back.
 * - `refuse-connections` answers the start-up with FATAL 57P03, and so does a database that cannot be reached.
 */
export interface WireProxy extends Wire {
  /** Takes over a connection of the backend. */
  accept(client: Socket): void;
  /** Connections of the backend that are open now. */
  readonly connections: number;
  /** Breaks every connection. New ones are taken. */
  cutAll(): void;
  /** Ends every connection and takes no more; resolves when all are gone. */
  close(): Promise<void>;
}

const defaultMaxKept = 50_000;

export function createWireProxy(options: WireProxyOptions): WireProxy {
  const { now, connectUpstream } = options;
  const journal = new Journal(options.maxKept ?? defaultMaxKept, options.onStatement);
  const activity = new Activity(now, options.awaitedMs);
  const rules = new RuleSet();
  const sessions = new Set<Session>();
  let transaction = 0;
  let connection = 0;
  let closed = false;
  let whenEmpty = (): void => {};
  const ledger = { journal, activity, now, transactions: { next: () => (transaction += 1) } };
  return {
    accept(client) {
      if (closed) {
        client.destroy();
        return;
      }
      const session: Session = new Session(client, {
        ledger,
        rules,
        connectUpstream,
        nextConnection: () => (connection += 1),
        onClosed: () => {
          sessions.delete(session);
          if (sessions.size === 0) whenEmpty();
        },
      });
      sessions.add(session);
    },
    get connections() {
      return sessions.size;
    },
    statements: () => journal.statements(),
    mark: () => journal.mark(),
    since: (mark) => journal.since(mark),
    idle: (quietMs, signal) => activity.idle(quietMs, signal),
    rule: (rule) => rules.add(rule),
    shutDown() {
      for (const session of sessions) session.shutDown();
    },
    cutAll() {
      for (const session of sessions) session.destroy();
    },
    close() {
      closed = true;
      return new Promise((resolve) => {
        whenEmpty = resolve;
        if (sessions.size === 0) resolve();
        for (const session of sessions) session.destroy();
      });
    },
  };
}
