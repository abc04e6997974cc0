import type { Challenge } from '../../client/generated/api.ts';

/** From first steps upward. */
export function ladder<T extends Pick<Challenge, 'level' | 'title'>>(challenges: readonly T[]): readonly T[] {
  return challenges.toSorted((a, b) => a.level - b.level || a.title.localeCompare(b.title));
}

/** The lowest step that is not proven yet; null when all are. */
export function nextChallenge<T extends Pick<Challenge, 'level' | 'title' | 'progress'>>(
  challenges: readonly T[],
): T | null {
  return ladder(challenges).find(({ progress }) => progress.best !== 'passed') ?? null;
}

export type Standing = 'proven' | 'begun' | 'new';

export function standingOf({ progress }: Pick<Challenge, 'progress'>): Standing {
  if (progress.best === 'passed') return 'proven';
  return progress.runs > 0 ? 'begun' : 'new';
}
