import { rmSync } from 'node:fs';
import type { Mutant } from '@assay/contract';
import {
  listChallenges,
  listStacks,
  loadChallenge,
  loadMutants,
  type MutantResult,
  type Verification,
} from '@assay/prove';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mayBeAskedAgain, missedBy } from './asked-again.ts';
import { assay, testHome } from './run-assay.ts';
import { canJudge } from './toolchain.ts';

const home = testHome();
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** About how long a mutant of that stack takes to be judged, in relation to the others. */
const cost: Readonly<Record<string, number>> = { node: 2, express: 2, php: 2.5, fastapi: 4, django: 5, java: 8 };

const small = new Set(['todo', 'ledger']);

interface Candidate {
  readonly slug: string;
  readonly mutant: Mutant;
}

/** What a mutant shows here: each check by which it is caught, and in the small challenges each scenario. */
function shownBy({ slug, mutant }: Candidate): readonly string[] {
  return mutant.caughtBy.filter((id) => small.has(slug) || !id.startsWith('scenario/'));
}

/**
 * Few mutants that together are caught by every check that has one: again and again the one that shows the most that has not been shown, for
 * what it costs. The others are for `npm run verify`, which also judges each by all checks.
 */
function telling(candidates: readonly Candidate[]): readonly Candidate[] {
  const wanted = new Set(candidates.flatMap(shownBy));
  const chosen: Candidate[] = [];
  while (wanted.size > 0) {
    const worth = (each: Candidate): number =>
      shownBy(each).filter((id) => wanted.has(id)).length / (cost[each.mutant.stack] ?? 8);
    const [best] = candidates.toSorted((a, b) => worth(b) - worth(a));
    if (best === undefined) break;
    for (const id of shownBy(best)) wanted.delete(id);
    chosen.push(best);
  }
  return chosen;
}

type Named = Pick<Mutant, 'id' | 'stack'>;

function nameOf({ id, stack }: Named): string {
  return `${stack}/${id}`;
}

async function judged(slug: string, mutants: readonly Named[], jobs: number): Promise<readonly MutantResult[]> {
  const { stdout, stderr } = await assay(
    [
      'verify',
      slug,
      '--no-references',
      '--fast',
      '--jobs',
      String(jobs),
      '--mutant',
      ...mutants.map(nameOf),
      '--format',
      'json',
    ],
    { home },
  );
  if (!stdout.startsWith('{')) throw new Error(`assay verify ended without a result:\n${stderr}`);
  return (JSON.parse(stdout) as Verification).mutants;
}

const challenges = await Promise.all(listChallenges().map((slug) => loadChallenge(slug)));
const chosen = telling(
  challenges.flatMap((challenge) =>
    loadMutants(challenge)
      .filter(({ stack }) => canJudge(stack))
      .map((mutant) => ({ slug: challenge.slug, mutant })),
  ),
);

for (const challenge of challenges) {
  const { slug } = challenge;
  const stacks = listStacks(challenge, 'backends').filter(canJudge);
  const mutants = chosen.filter((each) => each.slug === slug).map(({ mutant }) => mutant);
  if (mutants.length === 0) continue;
  describe(`the mutants of ${slug}`, () => {
    const results = new Map<string, MutantResult>();

    beforeAll(async () => {
      for (const result of await judged(slug, mutants, 2)) results.set(nameOf(result), result);
      // What must be measured wants a machine that does nothing else.
      const again = [...results.values()].filter(mayBeAskedAgain);
      if (again.length === 0) return;
      for (const result of again)
        process.stderr.write(
          `${slug}: ${nameOf(result)} is asked again, alone: not caught by ${missedBy(result).join(', ')} at first\n`,
        );
      for (const result of await judged(slug, again, 1)) results.set(nameOf(result), result);
    }, 1_800_000);

    for (const mutant of mutants) {
      it(`${mutant.stack}/${mutant.id} is caught by ${mutant.caughtBy.join(', ')}, and by nothing that must not`, () => {
        const { status, caughtBy = [] } = results.get(nameOf(mutant)) ?? {};
        const told = caughtBy.filter((id) => mutant.caughtBy.includes(id) || mutant.mayCatch?.includes(id) !== true);
        expect({ status, caughtBy: told }).toEqual({ status: 'caught', caughtBy: mutant.caughtBy.toSorted() });
      });
    }

    for (const stack of listStacks(challenge, 'backends').filter((name) => !stacks.includes(name)))
      it.skip(`the mutants in ${stack}`, () => undefined);
  });
}
