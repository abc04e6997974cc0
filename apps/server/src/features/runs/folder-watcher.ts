import { folderChanged, folderState } from '@assay/prove';
import { newId } from '../../identifier.ts';
import type { Services } from '../../services.ts';
import { expandHome } from '../folders/folder.ts';
import { findRun, insertRun, watchedRuns } from './queries.ts';

/** Judges a backend again when its folder changes, for as long as its last run asks for that. */
export class FolderWatcher {
  readonly #services: Pick<Services, 'db' | 'feed'>;
  readonly #closed = new AbortController();

  constructor(services: Pick<Services, 'db' | 'feed'>) {
    this.#services = services;
  }

  /** Goes on with what was watched when the server stopped. */
  async resume(): Promise<void> {
    for (const id of await watchedRuns(this.#services.db)) this.ended(id, await this.begins(id));
  }

  /** How the folder is when a run begins: what is changed while it is judged has changed, too. */
  async begins(id: string): Promise<string | null> {
    const run = await findRun(this.#services.db, id);
    return run === null || !run.watch ? null : folderState(expandHome(run.folder));
  }

  /** A run has ended: from now on its folder is looked at. @param since how it was when the run began */
  ended(id: string, since: string | null): void {
    void this.#watch(id, since).catch(() => undefined);
  }

  close(): void {
    this.#closed.abort();
  }

  async #watch(id: string, since: string | null): Promise<void> {
    const { db, feed } = this.#services;
    const run = await findRun(db, id);
    if (run === null || !run.watch || run.next !== null) return;
    await folderChanged(expandHome(run.folder), since, this.#closed.signal);
    // In the meantime it may have been stopped, or judged again by hand.
    const now = await findRun(db, id);
    if (now === null || !now.watch || now.next !== null) return;
    const next = await insertRun(db, { ...now, id: newId() });
    feed.tell(id, { type: 'next', run: next.id });
  }
}
