import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { isWithin, realPath } from './paths.ts';

export interface SharedFolders {
  /** Real folders in the backend's folder, relative: shown in their place. */
  readonly inside: readonly string[];
  /** Where links in the backend's folder lead, absolute: shown where they stand, and the links stay links. */
  readonly outside: readonly string[];
}

/**
 * Which dependency folders may be shown to a backend. A link counts only when it leads into the folder in which its own dependencies were
 * installed: a build may leave links that point anywhere, to other people's builds among them.
 */
export function sharedFolders(
  folder: string,
  dependencyFolders: readonly string[],
  installed: string | null,
): SharedFolders {
  const inside: string[] = [];
  const outside: string[] = [];
  const root = installed === null ? null : realPath(installed);
  for (const relative of dependencyFolders) {
    const path = join(folder, relative);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    const real = realPath(path);
    if (stats === undefined || real === null || path === folder || !isWithin(path, folder)) continue;
    if (stats.isDirectory() && real === join(realPath(folder) ?? folder, relative)) inside.push(relative);
    else if (root !== null && real !== root && isWithin(real, root)) outside.push(real);
  }
  return { inside, outside };
}
