import { lstatSync, readdirSync, readlinkSync } from 'node:fs';

/** Where the supervisor finds the backend's private files: a file system in memory, that ends with the sandbox. */
export const privateFolder = '/.assay';

/**
 * bubblewrap's arguments for the supervisor: a network namespace with nothing but loopback, a PID namespace that dies with Assay, and the
 * private file system. It sees the machine's files: it is ours, and the backend sees nothing of what it sees.
 */
export function outerArguments(options: { readonly root: boolean; readonly diskBytes: number }): readonly string[] {
  return [
    ['--die-with-parent', '--new-session', '--unshare-net', '--unshare-pid', '--info-fd', '4'],
    // As root it needs its rights to make the inner sandbox; as a person it has none, but in a namespace of its own.
    options.root ? ['--cap-add', 'ALL'] : ['--unshare-user'],
    readdirSync('/', { withFileTypes: true }).flatMap(({ name }) => {
      const path = `/${name}`;
      if (path === '/proc' || path === privateFolder) return [];
      const stats = lstatSync(path);
      if (stats.isSymbolicLink()) return ['--symlink', readlinkSync(path), path];
      return stats.isDirectory() ? ['--dev-bind-try', path, path] : [];
    }),
    [
      '--proc',
      '/proc',
      '--perms',
      '0755',
      '--size',
      String(options.diskBytes),
      '--tmpfs',
      privateFolder,
      '--chdir',
      '/',
      '--',
    ],
  ].flat();
}
