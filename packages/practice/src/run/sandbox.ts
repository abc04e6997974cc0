import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { asUser, type LoneUser, loneUser } from './lone-user.ts';
import { largestFiles } from './limits.ts';

export interface Sandbox {
  /** The path of a bubblewrap that works here. */
  readonly command: string;
  /** Whether this bubblewrap knows `--size` and `--perms`: then what is written has a limit. */
  readonly sized: boolean;
  /** Whether each program runs as a user of its own: for an Assay that runs as root, whose processes no limit counts. */
  readonly separate: boolean;
}

let found: Sandbox | null | undefined;

/** The best sandbox that works here, or null. */
export function findSandbox(): Sandbox | null {
  // Null is an answer, too, that is found once.
  if (found === undefined) found = candidates().find(works) ?? null;
  return found;
}

function candidates(): readonly Sandbox[] {
  const command = ['/usr/bin/bwrap', '/usr/local/bin/bwrap'].find(existsSync);
  if (command === undefined) return [];
  const root = process.getuid?.() === 0;
  return [
    ...(root ? [{ command, sized: true, separate: true }] : []),
    { command, sized: true, separate: false },
    { command, sized: false, separate: false },
  ];
}

function works(sandbox: Sandbox): boolean {
  const user = sandbox.separate ? loneUser() : null;
  const given = [...walls(sandbox, [], []), '--', ...asUser(user), '/bin/sh', '-c', 'exit 0'];
  return spawnSync(sandbox.command, given, { timeout: 10_000 }).status === 0;
}

/** The user that a program of this sandbox shall be; null: the one that Assay is. */
export function userOf(sandbox: Sandbox | null): LoneUser | null {
  return sandbox?.separate === true ? loneUser() : null;
}

/** No network, no other processes, nothing of the machine but its programs, and nothing to write to but an empty /tmp. */
export function walls(
  { sized, separate }: Sandbox,
  folders: readonly string[],
  /** Further arguments of bubblewrap, which put something into place. */
  placed: readonly string[],
): readonly string[] {
  const shared = [
    '/usr',
    '/bin',
    '/sbin',
    '/lib',
    '/lib64',
    '/etc/alternatives',
    '/etc/ld.so.cache',
    '/etc/php',
    '/etc/java-17-openjdk',
    '/etc/java-21-openjdk',
    '/etc/java-25-openjdk',
    '/etc/localtime',
    ...folders,
  ];
  const writable = (folder: string): readonly string[] => [
    ...(sized ? ['--perms', '1777', '--size', String(largestFiles)] : []),
    '--tmpfs',
    folder,
  ];
  return [
    // With the rights that another user is become with.
    ...(separate
      ? ['--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-net', '--unshare-cgroup-try', ...rights]
      : ['--unshare-all']),
    '--die-with-parent',
    '--new-session',
    '--clearenv',
    // Before what is shared, which may lie in it.
    ...writable('/tmp'),
    // Folders that bubblewrap makes by the way are for its own user alone.
    ...(sized ? parentsOf(shared).flatMap((folder) => ['--perms', '0755', '--dir', folder]) : []),
    ...shared.flatMap((folder) => ['--ro-bind-try', folder, folder]),
    ...placed,
    '--proc',
    '/proc',
    '--dev',
    '/dev',
    ...writable('/dev/shm'),
    '--remount-ro',
    '/dev',
    '--remount-ro',
    '/',
  ];
}

const rights = ['CAP_SETUID', 'CAP_SETGID', 'CAP_SETPCAP'].flatMap((name) => ['--cap-add', name]);

/** From the outermost inwards. */
function parentsOf(places: readonly string[]): readonly string[] {
  const parents = new Set<string>();
  for (const place of places) {
    const names = path.dirname(place).split('/').slice(1);
    for (const [index] of names.entries()) parents.add(`/${names.slice(0, index + 1).join('/')}`);
  }
  return [...parents].filter((folder) => folder !== '/');
}
