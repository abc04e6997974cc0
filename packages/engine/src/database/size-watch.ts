import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from './database.ts';
import type { DatabaseServer } from './server.ts';

const everyMs = 1000;

/**
 * Watches how much a database holds, since PostgreSQL writes it outside of the sandbox. Once it is more than it may be, and for as long as it is, whoever is connected to it is sent
 * away: a statement goes on by itself when the process that sent it has been killed.
 * @param allowed bytes, indexes and what was deleted and not yet reused among them
 * @param exceeded told at each look, with the bytes there are: what is started again goes on filling it
 * @returns what ends the watch
 */
export function watchSize(
  server: Pick<DatabaseServer, 'administer'>,
  database: Pick<Database, 'name' | 'user'>,
  allowed: number,
  exceeded: (used: number) => void,
): () => void {
  const ending = new AbortController();
  void look();
  return () => ending.abort();

  async function look(): Promise<void> {
    for (;;) {
      await pause(everyMs, undefined, { ref: false, signal: ending.signal }).catch(() => undefined);
      if (ending.signal.aborted) return;
      // A server that is released or restarts tells nothing; the next look does.
      const used = await sizeOf().catch(() => 0);
      if (ending.signal.aborted || used <= allowed) continue;
      exceeded(used);
      await server.administer(sendAway, [database.name, database.user]).catch(() => undefined);
    }
  }

  async function sizeOf(): Promise<number> {
    const [row] = await server.administer('SELECT pg_database_size($1)::float8 AS bytes', [database.name]);
    return Number(row?.['bytes'] ?? 0);
  }
}

/** The backend's: where it has a role of its own, those who ask on Assay's behalf stay. */
const sendAway = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND usename = $2 AND pid <> pg_backend_pid()`;
