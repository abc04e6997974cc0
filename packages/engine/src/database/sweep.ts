import { errorInWords } from '../home/folder-fault.ts';
import type { Home } from '../home/home.ts';
import { withLock } from '../home/lock.ts';
import { embeddedAccess } from './access.ts';
import { Administration } from './administration.ts';
import { discardServer, findServer, isLeftInOrder } from './cluster.ts';
import { listUsers, removeUser } from './users.ts';

export interface DatabaseSweep {
  readonly databases: number;
  readonly stoppedServer: boolean;
  readonly problems: readonly string[];
}

/** Stops a PostgreSQL that nobody uses, with all it holds; on one that is in use, drops the databases of dead Assays. */
export async function sweepDatabaseServer(home: Home, signal?: AbortSignal): Promise<DatabaseSweep> {
  return withLock(home, 'postgres', () => sweepAlone(home), signal === undefined ? {} : { signal });
}

async function sweepAlone(home: Home): Promise<DatabaseSweep> {
  const { living, dead } = listUsers(home);
  let result: DatabaseSweep = { databases: 0, stoppedServer: false, problems: [] };
  if (living.length === 0) {
    if (findServer(home) !== null || !isLeftInOrder(home)) {
      result = { ...result, stoppedServer: await discardServer(home) };
    }
  } else if (dead.length > 0) {
    const administration = new Administration(home, embeddedAccess(home));
    try {
      result = { ...result, databases: await administration.dropAbandoned() };
    } catch (error) {
      return { ...result, problems: [`Databases of Assays that were killed: ${errorInWords(error)}`] };
    } finally {
      await administration.close();
    }
  }
  // Last: killed before this, the next sweep does it all again.
  for (const entry of dead) removeUser(home, entry);
  return result;
}
