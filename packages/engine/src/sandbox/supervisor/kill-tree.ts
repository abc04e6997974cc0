import { setTimeout as pause } from 'node:timers/promises';
import type { ProcessTree } from './process-tree.ts';

/**
 * SIGKILL to every process of the backend; resolves when none is left. With `init`, the first process of its PID namespace, the kernel does it
 * at once. Else everything is stopped first, round after round, so that nothing can fork away while it is being killed.
 * False when some process would not die.
 */
export async function killTree(tree: ProcessTree, init: number | null, patienceMs = 10_000): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  if (init !== null) send(init, 'SIGKILL');
  let stopped = new Set<number>();
  for (let round = 0; performance.now() < deadline; round += 1) {
    const pids = tree.rows(init === null).map((row) => row.pid);
    if (pids.length === 0) return true;
    if (init === null) {
      const fresh = pids.filter((pid) => !stopped.has(pid));
      for (const pid of fresh) send(pid, 'SIGSTOP');
      stopped = new Set(pids);
      if (fresh.length > 0) continue;
    }
    for (const pid of pids) send(pid, 'SIGKILL');
    await pause(Math.min(1 + round, 20));
  }
  return false;
}

export function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
