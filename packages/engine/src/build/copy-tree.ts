import {
  constants,
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';

/** `link`: files share their storage with the original. `copy`: they are the target's own (the file system may still share what is unchanged). */
export type CopyMode = 'link' | 'copy';

/**
 * Copies a file or a whole tree, links as links; `skip` names paths (relative to `from`, with `/`) that are left out. Times are kept, so that
 * tools which compare them build only what changed.
 */
export function copyTree(
  from: string,
  to: string,
  mode: CopyMode,
  skip: (path: string) => boolean = () => false,
): void {
  let linking = mode === 'link';
  const copy = (relative: string): void => {
    const source = join(from, relative);
    const target = join(to, relative);
    const stats = lstatSync(source);
    if (stats.isDirectory()) {
      mkdirSync(target, { recursive: true });
      for (const name of readdirSync(source)) {
        const path = relative === '' ? name : `${relative}/${name}`;
        if (!skip(path)) copy(path);
      }
    } else if (stats.isSymbolicLink()) {
      symlinkSync(readlinkSync(source), target);
    } else if (stats.isFile()) {
      if (linking && tryLink(source, target)) return;
      linking = false;
      copyFileSync(source, target, constants.COPYFILE_FICLONE);
      utimesSync(target, stats.atime, stats.mtime);
    }
  };
  copy('');
}

/** Hard links end at the border of a file system and at a limit of links for one file; then everything is copied. */
function tryLink(source: string, target: string): boolean {
  try {
    linkSync(source, target);
    return true;
  } catch {
    return false;
  }
}
