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
import { assay, testHome } from './run-assay.ts';
import { canJudge } from './toolchain.ts';

const home = testHome();
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Stacks by how long they take to build and start. */
const byCost = ['node', 'express', 'php', 'fastapi', 'django', 'java'];

const small = new Set(['todo', 'ledger']);

const covered = new Set<string>();

/**
 * Few mutants of a challenge that, with those of the others, together are caught by every check that has one, from the stacks that start fastest; of the small challenges by every scenario too, and
 * one of each stack. The others are for `npm run verify`, which also judges each by all checks.
 */
function tellingOf(slug: string, mutants: readonly Mutant[]): readonly Mutant[] {
  const sorted = [...mutants].sort((a, b) => byCost.indexOf(a.stack) - byCost.indexOf(b.stack));
  const stacks = new Set<string>();
  return sorted.filter((mutant) => {
    const isSmall = small.has(slug);
    const telling = mutant.caughtBy.filter((id) => isSmall || !id.startsWith('scenario/'));
    if ((!isSmall || stacks.has(mutant.stack)) && telling.every((id) => covered.has(id))) return false;
    stacks.add(mutant.stack);
    for (const id of mutant.caughtBy) covered.add(id);
    return true;
  });
}

// The small ones first: what they cover need not be shown by the others.
for (const slug of listChallenges().toSorted((a, b) => Number(small.has(b)) - Number(small.has(a)))) {
  const challenge = await loadChallenge(slug);
  const stacks = listStacks(challenge, 'backends').filter(canJudge);
  const mutants = tellingOf(
    slug,
    loadMutants(challenge).filter(({ stack }) => stacks.includes(stack)),
  );
  if (mutants.length === 0) continue;
  describe(`the mutants of ${slug}`, () => {
    const results = new Map<string, MutantResult>();

    beforeAll(async () => {
      const { stdout, stderr } = await assay(
        [
          'verify',
          slug,
          '--no-references',
          '--fast',
          '--jobs',
          '2',
          '--mutant',
          ...mutants.map(({ id, stack }) => `${stack}/${id}`),
          '--format',
          'json',
        ],
        { home },
      );
      if (!stdout.startsWith('{')) throw new Error(`assay verify ended without a result:\n${stderr}`);
      const verification = JSON.parse(stdout) as Verification;
      for (const mutant of verification.mutants) results.set(`${mutant.stack}/${mutant.id}`, mutant);
    }, 1_800_000);

    for (const mutant of mutants) {
      it(`${mutant.stack}/${mutant.id} is caught by ${mutant.caughtBy.join(', ')}`, () => {
        expect(results.get(`${mutant.stack}/${mutant.id}`)?.caughtBy).toEqual(
          expect.arrayContaining([...mutant.caughtBy]),
        );
      });
    }

    for (const stack of listStacks(challenge, 'backends').filter((name) => !stacks.includes(name)))
      it.skip(`the mutants in ${stack}`, () => undefined);
  });
}
