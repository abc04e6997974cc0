import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Home } from '../home/home.ts';
import { createOwnedFolder } from '../home/owned-folder.ts';
import { removeTree } from '../home/remove-tree.ts';
import { makeRealFolder } from './real-folder.ts';

/**
 * What package managers keep from one build to the next, in the home folder: what was downloaded and compiled. No settings are among it, so that
 * no build says to later ones where packages come from or what runs them.
 */
const caches = [
  '.cache',
  '.npm/_cacache',
  '.yarn/berry/cache',
  '.local/share/pnpm/store',
  '.bun/install/cache',
  '.composer/cache',
  '.m2/repository',
  '.m2/wrapper',
  '.gradle/caches',
  '.gradle/wrapper',
  '.ivy2/cache',
  '.sbt/boot',
  'go/pkg',
  '.cargo/registry',
  '.cargo/git',
  '.nuget/packages',
];

/** The home folder of one build: empty but for the caches. */
export interface BuildHome {
  /** Where the build finds it: the same for all, since caches hold paths. On the disk, what stands there are the caches. */
  readonly path: string;
  /** What takes its place in this build. */
  readonly folder: string;
  /** A list of users (`passwd`) in which the home of the one who builds is `path`. */
  readonly users: string;
  /** Kept in `path`, relative to it. */
  readonly caches: readonly string[];
  remove(): Promise<void>;
}

/** @param cacheFolder where the caches are kept, in `home` */
export function openBuildHome(home: Home, cacheFolder: string): BuildHome {
  const folder = createOwnedFolder(home.cache);
  for (const cache of caches) {
    makeRealFolder(cacheFolder, `home/${cache}`);
    makeRealFolder(folder, cache);
  }
  const path = join(cacheFolder, 'home');
  // Apart from the home, in which a build may write.
  const apart = createOwnedFolder(home.cache);
  const users = join(apart, 'passwd');
  writeFileSync(users, usersWithHome(path));
  const remove = async (): Promise<void> => {
    await removeTree(folder);
    await removeTree(apart);
  };
  return { path, folder, users, caches, remove };
}

/** @returns what `/etc/passwd` holds, with this process's user at home in `path` */
export function usersWithHome(path: string): string {
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  const own = `${uid === 0 ? 'root' : 'builder'}:x:${uid}:${gid}::${path}:/bin/sh\n`;
  return `${own}${uid === 0 ? '' : 'root:x:0:0::/nonexistent:/bin/false\n'}nobody:x:65534:65534::/nonexistent:/bin/false\n`;
}
