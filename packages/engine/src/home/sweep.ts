import { sweepDatabaseServer } from '../database/sweep.ts';
import { errorInWords } from './folder-fault.ts';
import { type Home, lostExposedFolders } from './home.ts';
import { withLock } from './lock.ts';
import { abandonedFolders } from './owned-folder.ts';
import { removeTree } from './remove-tree.ts';
import { killStrays } from './strays.ts';

export interface SweepResult {
  /** Processes that were killed. */
  readonly processes: number;
  readonly folders: number;
  readonly databases: number;
  /** True when a PostgreSQL that nobody used was stopped. */
  readonly stoppedServer: boolean;
  /** What could not be removed, in words. The next sweep tries again. */
  readonly problems: readonly string[];
}

/**
 * Removes what killed Assays left behind, to be called at each start. Living Assays' things are left alone, and it may itself be
 * killed at any point: everything is removed before the record that told of it. Processes go first, since they would write on.
 */
export async function sweep(home: Home, options: { readonly signal?: AbortSignal } = {}): Promise<SweepResult> {
  return withLock(home, 'sweep', () => sweepAlone(home, options.signal), options);
}

async function sweepAlone(home: Home, signal: AbortSignal | undefined): Promise<SweepResult> {
  const problems: string[] = [];
  const { killed, remaining } = await killStrays(home);
  if (remaining.length > 0) problems.push(`These processes will not die: ${remaining.join(', ')}.`);
  const database = await sweepDatabaseServer(home, signal);
  problems.push(...database.problems);
  let folders = 0;
  const parents = new Set([home.instances, home.cache, home.postgres, home.runs, home.root]);
  for (const folder of [...[...parents].flatMap(abandonedFolders), ...lostExposedFolders()]) {
    try {
      await removeTree(folder);
      folders += 1;
    } catch (error) {
      problems.push(errorInWords(error));
    }
  }
  return {
    processes: killed.length,
    folders,
    databases: database.databases,
    stoppedServer: database.stoppedServer,
    problems,
  };
}
