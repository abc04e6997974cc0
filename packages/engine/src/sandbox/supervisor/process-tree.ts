import { readFileSync } from 'node:fs';
import { listProcessRows, type ProcessRow } from './process-rows.ts';

/** The processes of the backend, and nobody else's. */
export interface ProcessTree {
  /** Names the process that was started, from which the others descend. */
  root(pid: number): void;
  /** Living processes. `thorough` also looks for those that cut every tie but their environment: costs a look at every process. */
  rows(thorough?: boolean): readonly ProcessRow[];
  /** CPU time used so far by all of them, also by those that have ended. */
  cpuSeconds(): number;
}

/** Inside a PID namespace of our own everything is the backend's, but its first process and this one. */
export function isolatedTree(): ProcessTree {
  return {
    root: () => {},
    rows: () => listProcessRows().filter((row) => row.pid !== 1 && row.pid !== process.pid && !row.zombie),
    cpuSeconds: () => {
      let total = 0;
      for (const row of listProcessRows()) {
        total += row.childrenCpuSeconds;
        if (row.pid !== process.pid) total += row.ownCpuSeconds;
      }
      return total;
    },
  };
}

/** Without a namespace: descendants, whatever shares their process group or session, and whatever carries the marker. */
export function plainTree(marker: string): ProcessTree {
  const roots = new Set<number>();
  // Once seen, a process stays ours, also after its parent has ended and it was given to another.
  const known = new Map<number, ProcessRow>();
  let endedCpuSeconds = 0;

  const refresh = (thorough: boolean): readonly ProcessRow[] => {
    const all = listProcessRows().filter((row) => row.pid !== process.pid);
    for (const [pid, row] of known) {
      if (all.some((now) => now.pid === pid && now.startedAt === row.startedAt)) continue;
      known.delete(pid);
      // On Linux the parent's row tells; elsewhere what was seen last is the best there is.
      if (process.platform !== 'linux') endedCpuSeconds += row.ownCpuSeconds;
    }
    const isOurs = (row: ProcessRow): boolean =>
      known.has(row.pid) ||
      known.has(row.parent) ||
      row.parent === process.pid ||
      roots.has(row.group) ||
      roots.has(row.session) ||
      (thorough && carriesMarker(row.pid, marker));
    // A child may stand before its parent in the list: go over it until nothing new is found.
    for (let before = -1; before !== known.size; ) {
      before = known.size;
      for (const row of all) if (isOurs(row)) known.set(row.pid, row);
    }
    for (const row of all) if (known.has(row.pid)) known.set(row.pid, row);
    return [...known.values()].filter((row) => !row.zombie);
  };

  return {
    root: (pid) => void roots.add(pid),
    rows: (thorough = false) => refresh(thorough),
    cpuSeconds: () => {
      refresh(false);
      let total = endedCpuSeconds;
      for (const row of known.values()) total += row.ownCpuSeconds + row.childrenCpuSeconds;
      const self = listProcessRows().find((row) => row.pid === process.pid);
      return total + (self?.childrenCpuSeconds ?? 0);
    },
  };
}

function carriesMarker(pid: number, marker: string): boolean {
  if (process.platform !== 'linux') return false;
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(marker);
  } catch {
    return false;
  }
}
