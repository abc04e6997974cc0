import { rmSync } from 'node:fs';
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

// Here each mutant is judged by the checks that must catch it. `npm run verify` judges it by all of them, and the references too.
for (const slug of listChallenges()) {
  const challenge = await loadChallenge(slug);
  const stacks = listStacks(challenge, 'backends').filter(canJudge);
  describe(`the mutants of ${slug}`, () => {
    const results = new Map<string, MutantResult>();

    beforeAll(async () => {
      const { stdout, stderr } = await assay(
        ['verify', slug, '--no-references', '--fast', '--jobs', '2', '--stack', ...stacks, '--format', 'json'],
        { home },
      );
      if (!stdout.startsWith('{')) throw new Error(`assay verify ended without a result:\n${stderr}`);
      const verification = JSON.parse(stdout) as Verification;
      for (const mutant of verification.mutants) results.set(`${mutant.stack}/${mutant.id}`, mutant);
    }, 1_800_000);

    for (const mutant of loadMutants(challenge)) {
      it.skipIf(!stacks.includes(mutant.stack))(
        `${mutant.stack}/${mutant.id} is caught by ${mutant.caughtBy.join(', ')}`,
        () => {
          expect(results.get(`${mutant.stack}/${mutant.id}`)?.caughtBy).toEqual(
            expect.arrayContaining([...mutant.caughtBy]),
          );
        },
      );
    }
  });
}
