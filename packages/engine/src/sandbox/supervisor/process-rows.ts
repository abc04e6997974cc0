import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** One process as the system lists it. */
export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly name: string;
  readonly zombie: boolean;
  /** Tells a process from a later one with the same number. */
  readonly startedAt: string;
  readonly ownCpuSeconds: number;
  /** Of its children that have ended and were waited for, and theirs. */
  readonly childrenCpuSeconds: number;
  readonly rssBytes: number;
}

export function listProcessRows(): readonly ProcessRow[] {
  return process.platform === 'linux' ? readProcFolder() : parsePs(askPs());
}

const ticksPerSecond = 100;
const pageBytes = process.platform === 'linux' ? readPageSize() : 4096;

function readPageSize(): number {
  const kibibytes = /KernelPageSize:\s+(\d+) kB/.exec(readFileSync('/proc/self/smaps', 'latin1'))?.[1];
  return kibibytes === undefined ? 4096 : Number(kibibytes) * 1024;
}

function readProcFolder(): readonly ProcessRow[] {
  const rows: ProcessRow[] = [];
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const row = readRow(pid);
    if (row !== null) rows.push(row);
  }
  return rows;
}

/** Null when there is no such process. Linux only. */
export function readRow(pid: number): ProcessRow | null {
  try {
    return parseStat(pid, readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    // It ended while the list was read.
    return null;
  }
}

/** The line of /proc/PID/stat: see proc(5). The name may hold blanks and parentheses, so the fields are counted from the last `)`. */
export function parseStat(pid: number, stat: string): ProcessRow {
  const open = stat.indexOf('(');
  const close = stat.lastIndexOf(')');
  const fields = stat.slice(close + 2).split(' ');
  const number = (index: number): number => Number(fields[index] ?? 0);
  return {
    pid,
    name: stat.slice(open + 1, close),
    zombie: fields[0] === 'Z' || fields[0] === 'X',
    parent: number(1),
    group: number(2),
    session: number(3),
    ownCpuSeconds: (number(11) + number(12)) / ticksPerSecond,
    childrenCpuSeconds: (number(13) + number(14)) / ticksPerSecond,
    startedAt: fields[19] ?? '',
    rssBytes: number(21) * pageBytes,
  };
}

/**
 * Memory that the process makes the machine spend, unlike the code and files on a disk that it shows to itself: shared memory as well, and what it shows
 * itself of a file system in memory. Pages that it shares with another process count in full for each.
 */
export function ownBytes(row: ProcessRow): number {
  if (process.platform !== 'linux') return row.rssBytes;
  try {
    return sumOfFields(readFileSync(`/proc/${row.pid}/status`, 'latin1'), /^Rss(?:Anon|Shmem):\s+(\d+) kB$/gm);
  } catch {
    return 0;
  }
}

/**
 * The same, with what several processes share divided among them: the sum over a tree of forks is what they take of the machine. The kernel goes over all
 * their pages for it, so it is to be asked only where the sum of `ownBytes`, which is never less, is too much.
 */
export function proportionalBytes(row: ProcessRow): number {
  const most = ownBytes(row);
  if (process.platform !== 'linux') return most;
  try {
    const rollup = readFileSync(`/proc/${row.pid}/smaps_rollup`, 'latin1');
    return rollup.includes('Pss_Anon:')
      ? Math.min(most, sumOfFields(rollup, /^Pss_(?:Anon|Shmem):\s+(\d+) kB$/gm))
      : most;
  } catch {
    return most;
  }
}

/** @param field a line whose first group is a number of kibibytes */
function sumOfFields(text: string, field: RegExp): number {
  return [...text.matchAll(field)].reduce((sum, [, kibibytes]) => sum + Number(kibibytes) * 1024, 0);
}

export function sumOf(rows: readonly ProcessRow[], bytes: (row: ProcessRow) => number): number {
  return rows.reduce((total, row) => total + bytes(row), 0);
}

function askPs(): string {
  return execFileSync('ps', ['-axo', 'pid=,ppid=,pgid=,sess=,state=,rss=,time=,lstart=,comm='], { encoding: 'utf8' });
}

/** What the `ps` of macOS prints for the columns above. It tells nothing about children that have ended. */
export function parsePs(output: string): readonly ProcessRow[] {
  const line =
    /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s+(\d+)\s+(?:(\d+)-)?(?:(\d+):)?(\d+):([\d.]+)\s+(\S+ \S+\s+\d+ [\d:]+ \d+)\s+(.*)$/;
  return output.split('\n').flatMap((text) => {
    const match = line.exec(text);
    if (match === null) return [];
    const number = (index: number): number => Number(match[index] ?? 0);
    return [
      {
        pid: number(1),
        parent: number(2),
        group: number(3),
        session: Number.parseInt(match[4] ?? '0', 16),
        zombie: (match[5] ?? '').startsWith('Z'),
        rssBytes: number(6) * 1024,
        ownCpuSeconds: ((number(7) * 24 + number(8)) * 60 + number(9)) * 60 + number(10),
        childrenCpuSeconds: 0,
        startedAt: match[11] ?? '',
        name: (match[12] ?? '').split('/').at(-1) ?? '',
      },
    ];
  });
}
