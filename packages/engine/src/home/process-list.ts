import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';

/** The numbers of all processes that this one can see, itself left out. */
export function listProcesses(): readonly number[] {
  const pids =
    process.platform === 'linux'
      ? readdirSync('/proc').filter((name) => /^\d+$/.test(name))
      : execFileSync('ps', ['-axo', 'pid='], { encoding: 'utf8' }).split('\n');
  return pids.map(Number).filter((pid) => pid > 0 && pid !== process.pid);
}

/** The command line with spaces between the arguments, as anybody may read it; empty when the process has gone. */
export function commandLine(pid: number): string {
  try {
    return process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ')
      : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        });
  } catch {
    return '';
  }
}

/** A process's environment variables of the given name, for those whose environment can be read. Linux only; else empty. */
export function readVariable(name: string): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  if (process.platform !== 'linux') return found;
  const hidden = new Map<number, number[]>();
  for (const pid of listProcesses()) {
    try {
      const value = variableIn(readFileSync(`/proc/${pid}/environ`, 'latin1'), name);
      if (value !== undefined) found.set(pid, value);
    } catch {
      const uid = process.getuid?.() === 0 ? userOf(pid) : undefined;
      if (uid !== undefined && uid !== 0) hidden.set(uid, [...(hidden.get(uid) ?? []), pid]);
    }
  }
  for (const [uid, pids] of hidden) readAs(uid, pids, name, found);
  return found;
}

function variableIn(environ: string, name: string): string | undefined {
  const prefix = `${name}=`;
  if (environ.startsWith(prefix)) return environ.slice(prefix.length, environ.indexOf('\0'));
  const at = environ.indexOf(`\0${prefix}`);
  if (at === -1) return undefined;
  const from = at + 1 + prefix.length;
  const end = environ.indexOf('\0', from);
  return environ.slice(from, end === -1 ? undefined : end);
}

function userOf(pid: number): number | undefined {
  try {
    return statSync(`/proc/${pid}`).uid;
  } catch {
    return undefined;
  }
}

/** Root in a container may be refused what the user itself may read: ask as that user. */
function readAs(uid: number, pids: readonly number[], name: string, found: Map<number, string>): void {
  let output: string;
  try {
    const files = pids.map((pid) => `/proc/${pid}/environ`);
    output = execFileSync('sh', ['-c', `grep -azHs '^${name}=' "$@"; true`, 'sh', ...files], {
      encoding: 'latin1',
      uid,
      gid: uid,
    });
  } catch {
    return;
  }
  for (const line of output.split('\0')) {
    const match = /^\/proc\/(\d+)\/environ:[^=]*=(.*)$/s.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) found.set(Number(match[1]), match[2]);
  }
}
