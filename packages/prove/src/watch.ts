import { lstatSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { listSources } from '@assay/engine';

/** How often it is looked, and for how long nothing may change before the change counts as made. Milliseconds. */
const lookEveryMs = 400;

/**
 * Resolves when a source of the backend in this folder is changed, added or removed, and the changing has come to rest. Rejects when the
 * signal aborts. Looked at by times and sizes: that works on every file system, and does not hold a watch on each dependency.
 */
export async function folderChanged(folder: string, signal: AbortSignal): Promise<void> {
  const before = stateOf(folder);
  let last = before;
  for (;;) {
    await pause(lookEveryMs, undefined, { signal });
    const state = stateOf(folder);
    if (state !== before && state === last && state !== null) return;
    last = state;
  }
}

/** Null while the folder is not there or cannot be read. */
function stateOf(folder: string): string | null {
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
