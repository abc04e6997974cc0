import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ifUnlocked, type LockKind } from './lock.ts';

/** How much is kept of what can be built again. Entries used within `graceMs` are always kept: a backend may be running from them. */
export interface PruneLimits {
  readonly builds: number;
  readonly dependencies: number;
  readonly graceMs: number;
}

export const pruneLimits: PruneLimits = { builds: 200, dependencies: 60, graceMs: 2 * 60 * 60_000 };

/** Removes the entries that were not used for the longest time, beyond the limits. */
export function pruneBuilds(cacheFolder: string, limits: PruneLimits = pruneLimits): void {
  prune(join(cacheFolder, 'builds'), limits.builds, limits.graceMs);
  prune(join(cacheFolder, 'dependencies'), limits.dependencies, limits.graceMs);
  prune(join(cacheFolder, 'paths'), limits.builds, limits.graceMs);
  sweepKilledBuilds(cacheFolder);
}

/** Removes what builds left that were killed: folders without a marker which nobody holds the lock of. Also for the start of a run. */
export function sweepKilledBuilds(cacheFolder: string): void {
  const kinds: readonly (readonly [folder: string, kind: LockKind])[] = [
    ['builds', 'build'],
    ['dependencies', 'dependencies'],
  ];
  for (const [name, kind] of kinds) {
    const folder = join(cacheFolder, name);
    const names = new Set(namesIn(folder));
    for (const entry of names) {
      if (entry.includes('.') || names.has(`${entry}.json`)) continue;
      ifUnlocked(join(cacheFolder, 'locks'), kind, entry, () => {
        if (!existsSync(join(folder, `${entry}.json`))) rmSync(join(folder, entry), { recursive: true, force: true });
      });
    }
  }
}

function prune(folder: string, keep: number, graceMs: number): void {
  const names = namesIn(folder);
  const markers = names.filter((name) => name.endsWith('.json'));
  if (markers.length > keep) {
    const byUse = markers
      .map((name) => ({ name, usedAt: changedAt(join(folder, name)) }))
      .sort((a, b) => b.usedAt - a.usedAt);
    for (const { name, usedAt } of byUse.slice(keep))
      if (Date.now() - usedAt > graceMs) removeEntry(folder, name.slice(0, -'.json'.length));
  }
}

/** The marker goes first: without it, nobody takes for whole what is half removed. */
function removeEntry(folder: string, name: string): void {
  rmSync(join(folder, `${name}.json`), { force: true });
  rmSync(join(folder, name), { recursive: true, force: true });
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
