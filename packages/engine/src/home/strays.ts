import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Home } from './home.ts';
import { isOfThisRealm, isOwnerAlive, ownerVariable } from './owner.ts';
import { findProcess, isRunning } from './process-identity.ts';
import { readVariable } from './process-list.ts';
import { abandonedGroups, isGroupAlive } from './process-record.ts';

/**
 * Kills every process that a dead Assay left behind: those that carry its marker in their environment, and the process groups
 * that it recorded. Returns the pids that were killed, and those that would not die.
 */
export async function killStrays(
  home: Home,
): Promise<{ readonly killed: readonly number[]; readonly remaining: readonly number[] }> {
  const killed = new Set<number>();
  let remaining: readonly number[] = [];
  // More than one round: a process may fork while the list is being read.
  for (let round = 0; round < 100; round += 1) {
    remaining = [...killMarked(), ...killRecorded(home)];
    if (remaining.length === 0) break;
    for (const pid of remaining) killed.add(pid);
    await pause(Math.min(2 + round, 50));
  }
  for (const { folder, groups } of abandonedGroups(home)) {
    if (!groups.some(isGroupAlive)) rmSync(folder, { recursive: true, force: true });
  }
  return { killed: [...killed], remaining };
}

/** One round; the pids that were still alive. */
function killMarked(): readonly number[] {
  const strays: number[] = [];
  for (const [pid, owner] of readVariable(ownerVariable)) {
    // The pids of another PID namespace (a container's) cannot be looked up from here: leave them alone.
    const identity = findProcess(pid);
    if (identity === null || !isOfThisRealm(owner) || isOwnerAlive(owner)) continue;
    if (isRunning(identity) && kill(pid)) strays.push(pid);
  }
  return strays;
}

function killRecorded(home: Home): readonly number[] {
  return abandonedGroups(home)
    .flatMap(({ groups }) => groups)
    .filter((record) => isGroupAlive(record) && kill(-record.group))
    .map((record) => record.group);
}

function kill(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}
