import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';

/**
 * Who a process is, beyond its number: a pid is used again after its process has ended, a pid together with its start time is
 * not. `start` is clock ticks since boot on Linux (field 22 of /proc/PID/stat) and seconds since 1970 elsewhere.
 */
export interface ProcessIdentity {
  readonly pid: number;
  readonly start: string;
}

/** What /proc/PID/stat says of a process, as far as Assay needs it. */
export interface ProcessStatus extends ProcessIdentity {
  /** `R`, `S`, `D`, `Z` … */
  readonly state: string;
  readonly parent: number;
  readonly group: number;
}

/** The process with this number, or null when there is none. A zombie counts as none: it does nothing any more. */
export function findProcess(pid: number): ProcessStatus | null {
  const status = process.platform === 'linux' ? readProcStat(pid) : askPs(pid);
  return status === null || status.state.startsWith('Z') || status.state.startsWith('X') ? null : status;
}

/** True while this very process, and not a later one with its number, still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  return findProcess(identity.pid)?.start === identity.start;
}

function readProcStat(pid: number): ProcessStatus | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return null;
  }
  // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, parent, group] = fields;
  const start = fields[19];
  if (state === undefined || start === undefined) return null;
  return { pid, state, parent: Number(parent), group: Number(group), start };
}

function askPs(pid: number): ProcessStatus | null {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,ppid=,pgid=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    const [state, parent, group, ...when] = line.split(/\s+/);
    if (state === undefined || when.length === 0) return null;
    const start = Math.floor(Date.parse(`${when.join(' ')} UTC`) / 1000);
    return { pid, state, parent: Number(parent), group: Number(group), start: String(start) };
  } catch {
    return null;
  }
}

let knownBoot: string | undefined;

/** Differs after every restart of the machine. */
export function bootIdentity(): string {
  knownBoot ??=
    process.platform === 'linux'
      ? readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
      : (/sec = (\d+)/.exec(execFileSync('sysctl', ['-n', 'kern.boottime'], { encoding: 'utf8' }))?.[1] ?? 'unknown');
  return knownBoot;
}

let knownRealm: string | undefined;

/**
 * Pids mean something only within one boot of a machine and one PID namespace: eight hexadecimal digits that stand for both.
 * Elsewhere than on Linux there are no namespaces, and start times do not repeat after a reboot: a constant.
 */
export function pidRealm(): string {
  knownRealm ??=
    process.platform === 'linux'
      ? createHash('sha256').update(`${bootIdentity()} ${pidNamespace()}`).digest('hex').slice(0, 8)
      : '00000000';
  return knownRealm;
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
