import { basename, join, relative } from 'node:path';
import { ancestors, isWithin } from './paths.ts';
import { privateFolder } from './outer-arguments.ts';
import type { SandboxLimits } from './limits.ts';
import { systemView } from './system-view.ts';
import type { UnprivilegedUser } from './unprivileged-user.ts';

export const sandboxHome = '/home/backend';

export interface InnerOptions {
  /** Where the backend finds its own folder: where it was built, because virtual environments know their path. */
  readonly folder: string;
  /** Folders of the backend's own that are shown and not copied, absolute. */
  readonly shared: readonly string[];
  /** What else it may read: toolchains, caches. Absolute. */
  readonly readable: readonly string[];
  readonly user: UnprivilegedUser | null;
}

const temporary = ['/tmp', '/var/tmp'];
/** Made by other arguments. */
const made = new Set(['/etc', '/usr', '/dev', '/proc', ...temporary]);

/**
 * bubblewrap's arguments for the backend, started by the supervisor: its own PIDs, IPC and host name, a system that is read-only, and nothing
 * to write to but the private file system.
 */
export function innerArguments(options: InnerOptions): readonly string[] {
  const places = allPlaces(options);
  const parents = [...new Set(places.flatMap(ancestors))].filter((path) => !made.has(path));
  const readOnly = (path: string): readonly string[] => ['--ro-bind', path, path];
  // bubblewrap makes missing folders for its own user alone.
  const folder = (path: string): readonly string[] => ['--perms', '0755', '--dir', path];
  return [
    [
      '--unshare-pid',
      '--unshare-ipc',
      '--unshare-uts',
      '--unshare-cgroup-try',
      '--new-session',
      '--hostname',
      'backend',
    ],
    options.user === null
      ? ['--unshare-user', '--disable-userns']
      : ['CAP_SETUID', 'CAP_SETGID', 'CAP_SETPCAP'].flatMap((name) => ['--cap-add', name]),
    ['--clearenv', '--setenv', 'PATH', '/usr/local/bin:/usr/bin:/bin'],
    systemView(),
    ['passwd', 'group', 'hosts', 'nsswitch.conf', 'environment'].flatMap((name) => [
      '--ro-bind',
      `${privateFolder}/etc/${name}`,
      `/etc/${name}`,
    ]),
    ['--proc', '/proc', '--dev', '/dev', '--bind', `${privateFolder}/shm`, '/dev/shm', '--remount-ro', '/dev'],
    [...folder('/var'), ...folder('/run'), ...temporary.flatMap((path) => ['--bind', `${privateFolder}/tmp`, path])],
    temporaryPlaces(places).flatMap((path) => ['--perms', '0755', '--tmpfs', path]),
    parents.flatMap(folder),
    options.readable.flatMap(readOnly),
    ['--bind', `${privateFolder}/home`, sandboxHome, '--bind', `${privateFolder}/app`, options.folder],
    options.shared.flatMap(readOnly),
    temporaryPlaces(places).flatMap((path) => ['--remount-ro', path]),
    ['--remount-ro', '/', '--chdir', options.folder],
  ].flat();
}

/**
 * Folders, relative to the private one, that something is mounted on although the backend may write around them. Before each start they
 * must be folders: bubblewrap would follow a link that the backend put there, with our rights.
 */
export function exposedMountPoints(options: InnerOptions): readonly string[] {
  return [
    ...options.shared
      .filter((path) => isWithin(path, options.folder))
      .map((path) => join('app', relative(options.folder, path))),
    ...temporaryPlaces(allPlaces(options)).map((path) => join('tmp', basename(path))),
  ];
}

function allPlaces(options: InnerOptions): readonly string[] {
  return [options.folder, ...options.shared, ...options.readable, sandboxHome];
}

/** `/tmp/a` for what stands at `/tmp/a/b/c`. */
function temporaryPlaces(places: readonly string[]): readonly string[] {
  const found = places.flatMap((path) => {
    const base = temporary.find((folder) => isWithin(path, folder) && path !== folder);
    return base === undefined ? [] : [join(base, path.slice(base.length + 1).split('/')[0] ?? '')];
  });
  return [...new Set(found)];
}

/**
 * What runs in the inner sandbox, to end as `sh -c command`. The backend's variables come last, from a file: until the rights are given up,
 * nothing that a backend chose (LD_PRELOAD) may be in the environment.
 */
export function innerCommand(command: string, user: UnprivilegedUser | null, limits: SandboxLimits): readonly string[] {
  const drop =
    user === null
      ? []
      : [
          'setpriv',
          '--reuid',
          String(user.uid),
          '--regid',
          String(user.gid),
          '--clear-groups',
          '--inh-caps=-all',
          '--ambient-caps=-all',
          '--bounding-set=-all',
        ];
  return [
    drop,
    [
      'prlimit',
      `--nproc=${limits.processes}`,
      `--nofile=${limits.openFiles}`,
      `--fsize=${limits.diskBytes}`,
      '--core=0',
    ],
    ['nice', '-n', String(limits.niceness)],
    // The kernel, when memory runs out, shall take the backend and nothing else.
    [
      'sh',
      '-c',
      'umask 022; { echo 1000 > /proc/self/oom_score_adj; } 2>/dev/null; . /etc/environment; exec sh -c "$0"',
      command,
    ],
  ].flat();
}

/** Variables as a script that a POSIX shell reads. Names that a shell cannot hold are left out. */
export function environmentScript(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .filter(([name]) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    .map(([name, value]) => `export ${name}='${value.replaceAll('\0', '').replaceAll("'", `'\\''`)}'\n`)
    .join('');
}
