import { rmSync } from 'node:fs';
import { listChallenges, loadChallenge, loadMutants, type Verification } from '@assay/prove';
import { afterAll, expect, it } from 'vitest';
import { assay, testHome } from './run-assay.ts';
import { describeStack } from './toolchain.ts';

const home = testHome();
afterAll(() => rmSync(home, { recursive: true, force: true }));

// Each mutant is judged by the checks that must catch it. `npm run verify` judges it by all of them, and the references too.
for (const slug of listChallenges()) {
  const challenge = await loadChallenge(slug);
  for (const mutant of loadMutants(challenge)) {
    describeStack(mutant.stack)(`${slug}/${mutant.stack}/${mutant.id}`, () => {
      it(`is caught by ${mutant.caughtBy.join(', ')}`, { timeout: 300_000 }, async () => {
        const { stdout } = await assay(
          ['verify', slug, '--stack', mutant.stack, '--mutant', mutant.id, '--fast', '--format', 'json'],
          { home },
        );
        const result = JSON.parse(stdout) as Verification;
        expect(result.mutants[0]?.caughtBy).toEqual(expect.arrayContaining([...mutant.caughtBy]));
      });
    });
  }
}
