import { statfsSync } from 'node:fs';
import type { SandboxLimits } from '../limits.ts';
import type { SupervisorMessage } from '../protocol.ts';
import { ownBytes, proportionalBytes, sumOf } from './process-rows.ts';
import type { ProcessTree } from './process-tree.ts';

const calmMs = process.platform === 'linux' ? 200 : 1_000;
/** A backend that has used half of its memory is looked at more often: it may take the other half in a moment. */
const closeMs = 25;

/** Samples what the backend uses and has it killed when it passes a limit that the kernel does not hold. Returns its end. */
export function watch(options: {
  readonly tree: ProcessTree;
  readonly limits: SandboxLimits;
  /** The private file system, whose files are counted; null when it is not one of its own. */
  readonly disk: string | null;
  readonly emit: (message: SupervisorMessage) => void;
  readonly kill: () => void;
}): () => void {
  let timer: NodeJS.Timeout;
  let reportedAt = Number.NEGATIVE_INFINITY;
  let weighedAt = Number.NEGATIVE_INFINITY;
  // What the copy of its folder holds is not the backend's making.
  const filesBefore = options.disk === null ? 0 : usedFiles(options.disk);
  const look = (): void => {
    const rows = options.tree.rows();
    const rssBytes = sumOf(rows, (row) => row.rssBytes);
    if (performance.now() - reportedAt >= calmMs - 10) {
      reportedAt = performance.now();
      options.emit({ event: 'usage', cpuSeconds: options.tree.cpuSeconds(), rssBytes, processes: rows.length });
      const used = options.disk === null ? 0 : usedFiles(options.disk) - filesBefore;
      if (used > options.limits.files) exceed('files', used, options.limits.files);
    }
    const close = rssBytes > options.limits.memoryBytes / 2;
    if (close) {
      const { memoryBytes } = options.limits;
      // Forks that share most of their memory may stay above the limit by the cheap sum for as long as they run.
      if (sumOf(rows, ownBytes) > memoryBytes && performance.now() - weighedAt >= calmMs - 10) {
        weighedAt = performance.now();
        const used = sumOf(rows, proportionalBytes);
        if (used > memoryBytes) exceed('memory', used, memoryBytes);
      }
    }
    timer = setTimeout(look, close && process.platform === 'linux' ? closeMs : calmMs);
  };
  const exceed = (limit: 'memory' | 'files', used: number, allowed: number): void => {
    options.emit({ event: 'limit', limit, used, allowed });
    options.kill();
  };
  look();
  return () => clearTimeout(timer);
}

function usedFiles(folder: string): number {
  const { files, ffree } = statfsSync(folder);
  return files - ffree;
}
