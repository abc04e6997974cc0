import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { touching } from './folder-fault.ts';
import { isOwnerAlive, ownerToken } from './owner.ts';

let count = 0;

/**
 * Creates a folder of this process in `parent`, one of the home's folders: `own-<owner>-<n>`. When this process is killed the
 * next sweep removes it. What is to stay is built in one and then renamed.
 */
export function createOwnedFolder(parent: string, mode = 0o700): string {
  count += 1;
  const path = join(parent, `own-${ownerToken()}-${count}`);
  return touching(path, () => {
    mkdirSync(path, { mode });
    return path;
  });
}

/** The folders in `parent` whose owners have ended. */
export function abandonedFolders(parent: string): readonly string[] {
  return touching(parent, () => readdirSync(parent))
    .filter((name) => {
      const owner = /^own-(\d+-\d+-[0-9a-f]{8})-\d+$/.exec(name)?.[1];
      return owner !== undefined && !isOwnerAlive(owner);
    })
    .map((name) => join(parent, name));
}
