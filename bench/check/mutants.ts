import { cpSync } from 'node:fs';
import path from 'node:path';
import type { Mutant } from '@assay/contract';
import { applyPatchFile, loadChallenge, loadMutants } from '@assay/prove';

export type PatchedMutant = Mutant & { readonly patch: string };

export interface Chosen {
  readonly mutants: readonly PatchedMutant[];
  /** How many there are in that stack. */
  readonly all: number;
  /** How many of them one of the wanted checks must catch. */
  readonly within: number;
}

/**
 * The mutants of a stack that one of the wanted checks (ids and areas, empty for all) must catch; evenly spread over their list, when not all are
 * wanted.
 */
export async function chooseMutants(
  slug: string,
  stack: string,
  checks: readonly string[],
  most: number | undefined,
): Promise<Chosen> {
  const all = loadMutants(await loadChallenge(slug)).filter((mutant) => mutant.stack === stack);
  const within = all.filter(
    ({ caughtBy }) =>
      checks.length === 0 ||
      caughtBy.some((id) => checks.some((wanted) => id === wanted || id.startsWith(`${wanted}/`))),
  );
  const count = Math.min(most ?? within.length, within.length);
  const mutants = Array.from(
    { length: count },
    (_, index) => within[Math.floor((index * within.length) / count)],
  ).flatMap((mutant) => mutant ?? []);
  return { mutants, all: all.length, within: within.length };
}

/** Makes the mutant's folder inside another. */
export function makeMutant(reference: string, mutant: PatchedMutant, inside: string): string {
  const folder = path.join(inside, mutant.id);
  cpSync(reference, folder, { recursive: true });
  applyPatchFile(mutant.patch, folder);
  return folder;
}
