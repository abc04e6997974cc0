import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { errorInWords } from '../home/folder-fault.ts';
import { removeTree } from '../home/remove-tree.ts';
import { ifUnlocked, type LockKind } from './lock.ts';

/** How much is kept of what can be built again. Entries used within `graceMs` are always kept: a backend may be running from them. */
export interface PruneLimits {
  readonly builds: number;
  readonly dependencies: number;
  readonly graceMs: number;
}

export const pruneLimits: PruneLimits = { builds: 200, dependencies: 60, graceMs: 2 * 60 * 60_000 };

/** Removes the entries that were not used for the longest time, beyond the limits. What cannot be removed is told, in a sentence each, and harms nothing. */
export async function pruneBuilds(cacheFolder: string, limits: PruneLimits = pruneLimits): Promise<readonly string[]> {
  return [
    ...(await prune(join(cacheFolder, 'builds'), limits.builds, limits.graceMs)),
    ...(await prune(join(cacheFolder, 'dependencies'), limits.dependencies, limits.graceMs)),
    ...(await prune(join(cacheFolder, 'paths'), limits.builds, limits.graceMs)),
    ...(await sweepKilledBuilds(cacheFolder)),
  ];
}

/** Removes what builds left that were killed: folders without a marker which nobody holds the lock of. Also for the start of a run. */
export async function sweepKilledBuilds(cacheFolder: string): Promise<readonly string[]> {
  const kinds: readonly (readonly [folder: string, kind: LockKind])[] = [
    ['builds', 'build'],
    ['dependencies', 'dependencies'],
  ];
  const problems: string[] = [];
  for (const [name, kind] of kinds) {
    const folder = join(cacheFolder, name);
    const names = new Set(namesIn(folder));
    for (const entry of names) {
      if (entry.includes('.') || names.has(`${entry}.json`)) continue;
      await ifUnlocked(join(cacheFolder, 'locks'), kind, entry, async () => {
        if (!existsSync(join(folder, `${entry}.json`))) problems.push(...(await attempt(join(folder, entry))));
      });
    }
  }
  return problems;
}

async function prune(folder: string, keep: number, graceMs: number): Promise<readonly string[]> {
  const byUse = namesIn(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ name, usedAt: changedAt(join(folder, name)) }))
    .sort((a, b) => b.usedAt - a.usedAt);
  const problems: string[] = [];
  for (const { name, usedAt } of byUse.slice(keep)) {
    if (Date.now() - usedAt <= graceMs) continue;
    // The marker goes first: without it, nobody takes for whole what is half removed.
    problems.push(...(await attempt(join(folder, name))));
    problems.push(...(await attempt(join(folder, name.slice(0, -'.json'.length)))));
  }
  return problems;
}

async function attempt(path: string): Promise<readonly string[]> {
  try {
    await removeTree(path);
    return [];
  } catch (error) {
    return [errorInWords(error)];
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
}
