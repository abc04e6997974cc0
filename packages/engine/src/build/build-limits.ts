import { statfsSync } from 'node:fs';
import { machineMemoryBytes } from '../sandbox/machine-memory.ts';
import {
  listProcessRows,
  ownBytes,
  type ProcessRow,
  proportionalBytes,
  sumOf,
} from '../sandbox/supervisor/process-rows.ts';

/** What a command of a build may take of the machine. It is stopped when it passes one of them. */
export interface BuildLimits {
  /** Memory of all its processes together; what they share, once. */
  readonly memoryBytes: number;
  /** Processes, threads not counted. */
  readonly processes: number;
  /** What must stay free on the disk it writes to. */
  readonly freeBytes: number;
}

const mebibyte = 1024 * 1024;

/** Wide enough for the largest compilers, narrow enough that the machine goes on. */
export const defaultBuildLimits: BuildLimits = {
  memoryBytes: Math.round(machineMemoryBytes * 0.75),
  processes: 2_000,
  freeBytes: 48 * mebibyte,
};

const lookMs = process.platform === 'linux' ? 500 : 2_000;

/**
 * Looks after the processes that descend from `pid` until the returned function is called. `exceed` is told once, in words that follow "it was
 * stopped:". In a sandbox nothing can leave the tree: who loses a parent is given to the sandbox's own first process.
 */
export function watchBuild(
  pid: number,
  folder: string,
  limits: BuildLimits,
  exceed: (why: string) => void,
): () => void {
  const look = (): void => {
    const why = whyPassed();
    if (why === null) timer = setTimeout(look, lookMs);
    else exceed(why);
  };
  const whyPassed = (): string | null => {
    try {
      return passed(descendants(pid), folder, limits);
    } catch {
      // Where nothing can be asked at the moment, such as for want of processes, it is asked again.
      return null;
    }
  };
  let timer = setTimeout(look, lookMs);
  return () => clearTimeout(timer);
}

function passed(rows: readonly ProcessRow[], folder: string, limits: BuildLimits): string | null {
  if (rows.length > limits.processes)
    return `it ran ${rows.length.toLocaleString('en')} processes, and ${limits.processes.toLocaleString('en')} are the most`;
  // Each process's own part is asked for only where all of it together may be too much.
  if (sumOf(rows, ({ rssBytes }) => rssBytes) > limits.memoryBytes && sumOf(rows, ownBytes) > limits.memoryBytes) {
    const used = sumOf(rows, proportionalBytes);
    if (used > limits.memoryBytes)
      return `it used ${inMebibytes(used)} of memory, and ${inMebibytes(limits.memoryBytes)} are the most`;
  }
  const free = freeBytes(folder);
  return free !== null && free < limits.freeBytes ? `only ${inMebibytes(free)} were left on the disk` : null;
}

function descendants(root: number): readonly ProcessRow[] {
  const children = Map.groupBy(listProcessRows(), (row) => row.parent);
  const found: ProcessRow[] = [];
  for (const waiting = [root]; ; ) {
    const next = waiting.pop();
    if (next === undefined) return found;
    for (const row of children.get(next) ?? []) {
      found.push(row);
      waiting.push(row.pid);
    }
  }
}

function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

function inMebibytes(bytes: number): string {
  return `${Math.round(bytes / mebibyte).toLocaleString('en')} MiB`;
}
