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
  return { path: join(cacheFolder, 'home'), folder, caches, remove: () => removeTree(folder) };
}
