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
 * @param except files in it that do not count, as absolute paths: what Assay itself writes
 */
export async function folderChanged(
  folder: string,
  since: string | null,
  signal: AbortSignal,
  except: readonly string[] = [],
): Promise<void> {
  let last = since;
  for (;;) {
    await pause(lookEveryMs, undefined, { signal });
    const state = folderState(folder, except);
    if (state !== since && state === last && state !== null) return;
    last = state;
  }
}

/** What tells one state of the sources from another; null while the folder is not there or cannot be read. */
export function folderState(folder: string, except: readonly string[] = []): string | null {
  try {
    return listSources(folder)
      .filter(({ path: file }) => !except.includes(path.join(folder, file)))
      .map(({ path: file, size }) => {
        const stats = lstatSync(path.join(folder, file), { throwIfNoEntry: false });
        return `${file}\0${size}\0${stats?.mtimeMs ?? 0}`;
      })
      .join('\n');
  } catch {
    return null;
  }
}
