import { readdirSync, readFileSync } from 'node:fs';

interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  readonly cpuSeconds: number;
  /** Of its children that have ended and were waited for, and theirs. */
  readonly childrenCpuSeconds: number;
}

/** `/proc/<pid>/stat`. Clock ticks are hundredths of a second on Linux. Null when the process is gone. */
function readProcess(pid: number): ProcessRow | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = text.lastIndexOf(')');
    const fields = text
      .slice(end + 2)
      .split(' ')
      .map(Number);
    const ticks = (index: number): number => (fields[index] ?? 0) / 100;
    return {
      pid,
      parent: fields[1] ?? 0,
      name: text.slice(text.indexOf('(') + 1, end),
      cpuSeconds: ticks(11) + ticks(12),
      childrenCpuSeconds: ticks(13) + ticks(14),
    };
  } catch {
    return null;
  }
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

const isSupervisor = ({ pid, name }: ProcessRow): boolean =>
  name !== 'bwrap' && /^\S*node .{0,400}(sandbox\/supervisor\/main\.ts|supervisor\.js) /.test(commandLine(pid));

/** In megabytes; pages that several processes share are counted in parts. */
function memory(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** The highest that was seen of each process. */
class Highest {
  readonly #seen = new Map<number, number>();

  see(pid: number, seconds: number): void {
    this.#seen.set(pid, Math.max(this.#seen.get(pid) ?? 0, seconds));
  }

  get sum(): number {
    return [...this.#seen.values()].reduce((sum, each) => sum + each, 0);
  }
}

/**
 * What a run uses, by looking at it often: Assay's own processes, which are the main one, the supervisors and bubblewrap, apart from the backend below
 * the supervisors and from PostgreSQL. What a process used after the last look at it is not seen.
 */
export class RunTree {
  readonly #main: number;
  readonly #home: string;
  readonly #own = new Highest();
  readonly #others = new Highest();
  /** Megabytes of Assay's processes together, at the most, and of the main process then. */
  peak = { together: 0, main: 0 };

  /** @param home Assay's folder, by which its PostgreSQL is known */
  constructor(main: number, home: string) {
    this.#main = main;
    this.#home = home;
  }

  look(): void {
    const rows = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (readProcess(Number(name)) ?? []) : []));
    const byPid = new Map(rows.map((row) => [row.pid, row]));
    const childrenOf = (pid: number): ProcessRow[] => rows.filter((row) => row.parent === pid);
    const below = (row: ProcessRow): number =>
      childrenOf(row.pid).reduce((sum, child) => sum + child.cpuSeconds + below(child), row.childrenCpuSeconds);
    const family = new Set([this.#main]);
    for (const pid of family) for (const child of childrenOf(pid)) family.add(child.pid);
    const own = rows.filter(
      (row) => row.pid === this.#main || (family.has(row.pid) && (row.name === 'bwrap' || isSupervisor(row))),
    );
    for (const row of own) {
      this.#own.see(row.pid, row.cpuSeconds);
      if (row.pid !== this.#main && isSupervisor(row)) this.#others.see(row.pid, below(row));
    }
    for (const row of rows)
      if (row.name === 'postgres' && byPid.get(row.parent)?.name !== 'postgres')
        if (commandLine(row.pid).includes(this.#home)) this.#others.see(row.pid, row.cpuSeconds + below(row));
    const together = own.reduce((sum, { pid }) => sum + memory(pid), 0);
    if (together > this.peak.together) this.peak = { together, main: memory(this.#main) };
  }

  get ownCpuSeconds(): number {
    return this.#own.sum;
  }

  get othersCpuSeconds(): number {
    return this.#others.sum;
  }
}
