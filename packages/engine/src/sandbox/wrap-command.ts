import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildHome } from '../build/build-home.ts';
import type { WrapCommand } from '../build/run-command.ts';
import type { Sandbox } from './choose-sandbox.ts';
import { machineMemoryBytes } from './machine-memory.ts';
import { ancestors, realPath } from './paths.ts';
import { systemView } from './system-view.ts';
import { toolchainFolders } from './toolchain-view.ts';

export interface BuildSandboxOptions {
  /** Folders besides the working folder that the command may write to: caches of packages. */
  readonly writable: readonly string[];
  readonly readable?: readonly string[];
  /** Programs that must run: `npm`, `mvn` … */
  readonly toolchain: readonly string[];
  /** Takes the place of the person's home. */
  readonly home: Pick<BuildHome, 'path' | 'folder' | 'users' | 'caches'>;
}

/**
 * Puts a build command into a sandbox: with network, but with a home of its own, a read-only system, and only the working folder and the caches to
 * write to. Without bubblewrap the command stays as it is.
 */
export function buildSandbox(sandbox: Sandbox, options: BuildSandboxOptions): WrapCommand {
  const { bubblewrap } = sandbox;
  if (bubblewrap === null) return (argv) => argv;
  return (argv, cwd, readable) => [
    bubblewrap,
    ...buildArguments({ ...options, readable: [...(options.readable ?? []), ...readable] }, cwd),
    '--',
    'sh',
    '-c',
    inHome,
    'sh',
    ...argv,
  ];
}

const inHome = 'umask 022; export GRADLE_USER_HOME="$HOME/.gradle"; exec "$@"';

/** Names are looked up and certificates checked in a build; in a running backend they are not. */
const networkSettings = [
  'group',
  'hosts',
  'nsswitch.conf',
  'resolv.conf',
  'ssl',
  'pki',
  'maven',
  'gradle',
  'npmrc',
  'pip.conf',
];

/**
 * Of an Assay that runs as root a build is root as well, only without capabilities; but who writes to /proc/sys need not have any. Covered, it
 * cannot be had anew either: the kernel mounts no /proc in a user namespace that would show more than the one that is there.
 */
const kernelSettings = ['sys', 'sysrq-trigger'].flatMap((name) => ['--ro-bind-try', `/proc/${name}`, `/proc/${name}`]);

/** `/tmp` and `/dev/shm` of a build are memory. */
const temporaryBytes = Math.round(machineMemoryBytes / 4);
const sharedBytes = Math.round(machineMemoryBytes / 16);

function buildArguments(options: BuildSandboxOptions, cwd: string): readonly string[] {
  const { home } = options;
  const writable = [cwd, ...options.writable].filter((path) => existsSync(path));
  const readable = [...toolchainFolders(options.toolchain), ...(options.readable ?? [])].filter((path) =>
    existsSync(path),
  );
  const parents = [...new Set([home.path, ...writable, ...readable].flatMap(ancestors))].filter(
    (path) => path !== '/tmp',
  );
  const resolver = realPath('/etc/resolv.conf');
  const isRoot = process.getuid?.() === 0;
  return [
    ['--die-with-parent', '--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try'],
    isRoot ? ['--cap-drop', 'ALL'] : ['--unshare-user'],
    systemView(),
    // Java, among others, asks the list of users where the home is, and not HOME.
    ['--ro-bind', home.users, '/etc/passwd'],
    networkSettings.flatMap((name) => ['--ro-bind-try', `/etc/${name}`, `/etc/${name}`]),
    resolver === null || resolver.startsWith('/etc/') ? [] : ['--ro-bind', resolver, resolver],
    existsSync('/etc/ssl/private') ? ['--tmpfs', '/etc/ssl/private'] : [],
    ['--proc', '/proc', ...(isRoot ? kernelSettings : []), '--dev', '/dev'],
    ['--perms', '1777', '--size', String(sharedBytes), '--tmpfs', '/dev/shm', '--remount-ro', '/dev'],
    ['--size', String(temporaryBytes), '--tmpfs', '/tmp'],
    parents.flatMap((path) => ['--perms', '0755', '--dir', path]),
    readable.flatMap((path) => ['--ro-bind', path, path]),
    writable.flatMap((path) => ['--bind', path, path]),
    ['--bind', home.folder, home.path],
    home.caches.flatMap((name) => ['--bind', join(home.path, name), join(home.path, name)]),
    // What lies in memory alone would count for nobody's memory.
    ['--remount-ro', '/', '--setenv', 'HOME', home.path, '--chdir', cwd],
  ].flat();
}
