import { lstatSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { listSources } from '@assay/engine';

/** How often it is looked, and for how long nothing may change before the change counts as made. Milliseconds. */
const lookEveryMs = 400;

/**
 * Resolves when a source of the backend in this folder is not as it was: changed, added or removed, and the changing has come to rest. Rejects
 * when the signal aborts. Looked at by times and sizes: that works on every file system, and does not hold a watch on each dependency.
 * @param since what `folderState` said, before a run began for instance: what was changed since then has changed
 */
export async function folderChanged(folder: string, since: string | null, signal: AbortSignal): Promise<void> {
  let last = since;
  for (;;) {
    await pause(lookEveryMs, undefined, { signal });
    const state = folderState(folder);
    if (state !== since && state === last && state !== null) return;
    last = state;
  }
}

/** What tells one state of the sources from another; null while the folder is not there or cannot be read. */
export function folderState(folder: string): string | null {
  try {
    return listSources(folder)
      .map(({ path: file, size }) => {
        const stats = lstatSync(path.join(folder, file), { throwIfNoEntry: false });
        return `${file}\0${size}\0${stats?.mtimeMs ?? 0}`;
      })
      .join('\n');
  } catch {
    return null;
  }
}
