import type { JudgeOrder } from '../../runner/messages.ts';
import type { Services } from '../../services.ts';
import { findBackend } from '../backends/queries.ts';
import { expandHome } from '../folders/folder.ts';
import { failedChecks } from './begin.ts';
import type { Run } from './schemas.ts';

type Subject = Pick<
  Run,
  'backend' | 'folder' | 'challenge' | 'contract' | 'only' | 'seed' | 'budgetSeconds' | 'previous' | 'watch'
>;

/** What the process that judges is told for a run. */
export async function orderOf(services: Services, run: Subject): Promise<JudgeOrder> {
  const backend = run.backend === null ? null : await findBackend(services.db, run.backend);
  return {
    folder: expandHome(run.folder),
    challenge: run.challenge,
    contract: run.contract === null ? null : expandHome(run.contract),
    overrides: backend?.overrides ?? {},
    only: run.only,
    // Somebody mends it, and waits to see that.
    first: run.watch && run.previous !== null ? await failedChecks(services.db, run.previous) : [],
    seed: run.seed,
    budgetSeconds: run.budgetSeconds,
    focus: null,
    transient: false,
    home: services.home,
    ownServer: services.configuration.databaseUrl,
    version: services.configuration.version,
  };
}
