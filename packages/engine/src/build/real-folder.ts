import { lstatSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes every step of a path below `root` a folder; what else stands there goes, a link among it: others' code has written there, and whoever
 * follows its links writes wherever it likes.
 *
 * @param path relative to `root`, with `/`
 */
export function makeRealFolder(root: string, path: string): void {
  let folder = root;
  for (const name of path.split('/')) {
    folder = join(folder, name);
    const stats = lstatSync(folder, { throwIfNoEntry: false });
    if (stats?.isDirectory() === true) continue;
    rmSync(folder, { force: true });
    mkdirSync(folder, { mode: 0o755 });
  }
}
