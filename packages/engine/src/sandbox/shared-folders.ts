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
 * Which dependency folders may be shown to a backend. A link counts only when it leads into one of the folders that Assay itself fills: a build
 * may leave links that point anywhere.
 */
export function sharedFolders(
  folder: string,
  dependencyFolders: readonly string[],
  trusted: readonly string[],
): SharedFolders {
  const inside: string[] = [];
  const outside: string[] = [];
  const roots = trusted.flatMap((path) => realPath(path) ?? []);
  for (const relative of dependencyFolders) {
    const path = join(folder, relative);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    const real = realPath(path);
    if (stats === undefined || real === null || path === folder || !isWithin(path, folder)) continue;
    if (stats.isDirectory() && real === join(realPath(folder) ?? folder, relative)) inside.push(relative);
    else if (roots.some((root) => real !== root && isWithin(real, root))) outside.push(real);
  }
  return { inside, outside };
}
