import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findProgram } from '../detect/toolchain.ts';

export type BubblewrapProbe =
  | { readonly works: true; readonly path: string; readonly version: string }
  | { readonly works: false; readonly path: string | null; readonly version: string | null; readonly reason: string };

let probed: Promise<BubblewrapProbe> | undefined;

/** Whether bubblewrap can make the sandboxes we need on this machine; tried once in a process. */
export function probeBubblewrap(): Promise<BubblewrapProbe> {
  probed ??= probe(process.env.PATH ?? '');
  return probed;
}

const run = promisify(execFile);

/** Tries a sandbox inside a sandbox, as a backend gets it. */
export async function probe(path: string): Promise<BubblewrapProbe> {
  const no = (reason: string, program: string | null = null, version: string | null = null): BubblewrapProbe => ({
    works: false,
    path: program,
    version,
    reason,
  });
  if (process.platform !== 'linux') return no('bubblewrap is for Linux only');
  const program = findProgram('bwrap', path);
  if (program === null) return no('bubblewrap is not installed');
  const missing = ['prlimit', 'nice', ...(process.getuid?.() === 0 ? ['setpriv'] : [])].find(
    (name) => findProgram(name, '/usr/local/bin:/usr/bin:/bin') === null,
  );
  let version: string | null = null;
  try {
    version = /(\d+(?:\.\d+)+)/.exec((await run(program, ['--version'])).stdout)?.[1] ?? '0';
    if (isOlder(version, [0, 8]))
      return no(`bubblewrap ${version} is too old: 0.8 or later is needed`, program, version);
    if (missing !== undefined) return no(`the program ${missing} (util-linux, coreutils) is missing`, program, version);
    const rights = process.getuid?.() === 0 ? ['--cap-add', 'ALL'] : ['--unshare-user'];
    const common = ['--unshare-pid', '--die-with-parent', '--dev-bind', '/', '/', '--proc', '/proc'];
    const inner = [
      ...(process.getuid?.() === 0 ? [] : ['--unshare-user', '--disable-userns']),
      ...common,
      '--',
      'true',
    ];
    await run(program, [...rights, '--unshare-net', ...common, '--', program, ...inner], { timeout: 10_000 });
    return { works: true, path: program, version };
  } catch (error) {
    return no(reasonOf(error), program, version);
  }
}

function isOlder(version: string, [major, minor]: readonly [number, number]): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
  return ownMajor < major || (ownMajor === major && ownMinor < minor);
}

/** What bubblewrap printed, with what it most often means. */
export function reasonOf(error: unknown): string {
  const said =
    error instanceof Error && 'stderr' in error && typeof error.stderr === 'string'
      ? error.stderr.trim().split('\n')[0]
      : undefined;
  const text = said === undefined || said === '' ? (error instanceof Error ? error.message : String(error)) : said;
  if (/uid map|new namespace|Operation not permitted|Permission denied|No space left/i.test(text)) {
    return `this system does not let bubblewrap make namespaces (${text}); a container may forbid it, and so may AppArmor (kernel.apparmor_restrict_unprivileged_userns)`;
  }
  return `bubblewrap failed: ${text}`;
}
