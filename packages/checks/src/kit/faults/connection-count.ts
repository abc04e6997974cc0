import { setTimeout as pause } from 'node:timers/promises';
import type { Instance } from '@assay/contract';

/** The connections that a backend holds at its database. */
export interface Connections {
  readonly total: number;
  /** Those that opened a transaction and left it, by process. */
  readonly inTransaction: readonly number[];
}

/** How long a connection may still be on its way back. Milliseconds. */
const usualPatienceMs = 2000;
const lookEveryMs = 40;

export async function connectionsOf(instance: Instance): Promise<Connections> {
  // Our own sessions, which ask past the proxy, go by one name.
  const rows = await instance.sql(
    `SELECT pid, state FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'
     AND application_name IS DISTINCT FROM current_setting('application_name')`,
  );
  return {
    total: rows.length,
    inTransaction: rows
      .filter(({ state }) => String(state).startsWith('idle in transaction'))
      .map(({ pid }) => Number(pid)),
  };
}

/** The connections, by process, whose locks others of the backend's wait for at this moment. */
export async function connectionsWaitedFor(instance: Instance): Promise<readonly number[]> {
  const rows = await instance.sql(
    `SELECT DISTINCT unnest(pg_blocking_pids(pid)) AS pid FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows.map(({ pid }) => Number(pid));
}

/** The connections when no transaction is open any more, or those that have stayed in one all the while. */
export async function connectionsAtRest(
  instance: Instance,
  signal: AbortSignal,
  patienceMs = usualPatienceMs,
): Promise<Connections> {
  const deadline = performance.now() + patienceMs;
  let now = await connectionsOf(instance);
  let stuck = now.inTransaction;
  while (stuck.length > 0 && performance.now() < deadline && !signal.aborted) {
    await pause(lookEveryMs);
    now = await connectionsOf(instance);
    const { inTransaction } = now;
    stuck = stuck.filter((pid) => inTransaction.includes(pid));
  }
  return { total: now.total, inTransaction: stuck };
}
