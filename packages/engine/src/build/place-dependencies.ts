import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DetectedBackend } from '../backend.ts';
import { isWithin, realPath } from '../sandbox/paths.ts';
import { isJavaScript } from './build-environment.ts';
import { copyTree, type CopyMode } from './copy-tree.ts';
import { makeRealFolder } from './real-folder.ts';

/**
 * Puts installed dependencies beside the sources. A virtual environment knows its own path, so it is linked to. Of everything else the
 * copy is real (Composer's autoloader computes paths from where it stands, and is written into), save that a JavaScript backend which
 * compiles nothing shares the files of `node_modules`: nothing of ours writes to them.
 */
export function placeDependencies(detected: DetectedBackend, from: string, to: string, share: boolean): void {
  const mode: CopyMode = share && isJavaScript(detected) && detected.compile.length === 0 ? 'link' : 'copy';
  for (const path of detected.dependencyFolders) {
    const source = join(from, path);
    const target = join(to, path);
    const parent = realPath(dirname(target));
    // A member of a workspace may be a link to another folder of it; what leads elsewhere was left by a build.
    if (parent === null || !isWithin(parent, realPath(to) ?? to)) {
      if (!existsSync(source)) continue;
      makeRealFolder(to, dirname(path));
    }
    rmSync(target, { recursive: true, force: true });
    if (!existsSync(source)) continue;
    if (path === '.venv') symlinkSync(source, target);
    else copyTree(source, target, mode);
  }
}
