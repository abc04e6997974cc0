import { mkdirSync, readdirSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { touching } from './folder-fault.ts';
import type { Home } from './home.ts';
import { isOwnerAlive, isOfThisRealm, ownerToken } from './owner.ts';
import { findProcess } from './process-identity.ts';
import { listProcesses } from './process-list.ts';

/** A process group that an Assay started. */
export interface RecordedGroup {
  readonly group: number;
  /** The start time of its leader. */
  readonly start: string;
  /** Path of the record. */
  readonly file: string;
}

/**
 * Records a process group which this Assay has just started (`detached`: its leader has the group's number), for the sweep after
 * a kill. A process can change what its environment shows, and elsewhere than on Linux it cannot be read at all.
 * The returned function forgets it again, once the group is gone.
 */
export function recordProcessGroup(home: Home, leader: number): () => void {
  const status = findProcess(leader);
  if (status === null) return () => undefined;
  const folder = join(home.root, 'owners', ownerToken());
  const file = join(folder, `${leader}-${status.start}`);
  touching(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, '');
  });
  return () => {
    rmSync(file, { force: true });
    try {
      rmdirSync(folder);
    } catch {
      // Other groups are still recorded in it.
    }
  };
}

/** The folders of owners that have ended, each with the groups they recorded. Groups of another realm are gone with it. */
export function abandonedGroups(
  home: Home,
): readonly { readonly folder: string; readonly groups: readonly RecordedGroup[] }[] {
  const owners = join(home.root, 'owners');
  return touching(owners, () =>
    readdirSync(owners)
      .filter((owner) => !isOwnerAlive(owner))
      .map((owner) => {
        const folder = join(owners, owner);
        return {
          folder,
          groups: isOfThisRealm(owner) ? readdirSync(folder).flatMap((name) => parse(folder, name)) : [],
        };
      }),
  );
}

function parse(folder: string, name: string): readonly RecordedGroup[] {
  const match = /^(\d+)-(\d+)$/.exec(name);
  if (match?.[1] === undefined || match[2] === undefined) return [];
  return [{ group: Number(match[1]), start: match[2], file: join(folder, name) }];
}

/** True while members of this very group live. */
export function isGroupAlive(record: RecordedGroup): boolean {
  const leader = findProcess(record.group);
  // While a group has members, no new process gets its number: another process with it means that the group has ended.
  if (leader !== null) return leader.start === record.start;
  return listProcesses().some((pid) => findProcess(pid)?.group === record.group);
}
