import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';

let found: string | null | undefined;

/** The path of a bubblewrap that works here, or null. */
export function findBubblewrap(): string | null {
  if (found === undefined) {
    const command = ['/usr/bin/bwrap', '/usr/local/bin/bwrap'].find(existsSync) ?? null;
    const works =
      command !== null &&
      spawnSync(command, [...walls([]), '--', '/bin/sh', '-c', 'exit 0'], { timeout: 10_000 }).status === 0;
    found = works ? command : null;
  }
  return found;
}

/** No network, no other processes, nothing of the machine but its programs, and an empty /tmp. */
export function walls(folders: readonly string[]): readonly string[] {
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
  return [
    '--unshare-all',
    '--die-with-parent',
    '--new-session',
    '--clearenv',
    // Before what is shared, which may lie in it.
    '--tmpfs',
    '/tmp',
    ...shared.flatMap((folder) => ['--ro-bind-try', folder, folder]),
    '--proc',
    '/proc',
    '--dev',
    '/dev',
  ];
}
