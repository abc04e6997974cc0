import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { touching } from '../home/folder-fault.ts';
import type { Home } from '../home/home.ts';
import { isOwnerAlive, ownerToken } from '../home/owner.ts';

/*
 * Who uses the PostgreSQL of this data folder: one file for each use, named after its owner. Read and written under the lock.
 */

let uses = 0;

function folder(home: Home): string {
  return join(home.postgres, 'users');
}

/** Registers this process as a user; returns the name of the entry. */
export function addUser(home: Home): string {
  uses += 1;
  const entry = `${ownerToken()}-${uses}`;
  touching(folder(home), () => {
    mkdirSync(folder(home), { recursive: true, mode: 0o700 });
    writeFileSync(join(folder(home), entry), '');
  });
  return entry;
}

export function removeUser(home: Home, entry: string): void {
  rmSync(join(folder(home), entry), { force: true });
}

/** The entries, parted by whether their Assay still runs. */
export function listUsers(home: Home): { readonly living: readonly string[]; readonly dead: readonly string[] } {
  const names = touching(folder(home), () => {
    mkdirSync(folder(home), { recursive: true, mode: 0o700 });
    return readdirSync(folder(home));
  });
  const isLiving = (name: string) => isOwnerAlive(name.slice(0, name.lastIndexOf('-')));
  return { living: names.filter(isLiving), dead: names.filter((name) => !isLiving(name)) };
}
