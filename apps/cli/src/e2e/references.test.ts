import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Challenge } from '@assay/contract';
import { listChallenges, listStacks, loadChallenge, planChecks } from '@assay/prove';
import { afterAll, expect, it } from 'vitest';
import { check, root, testHome, troubles } from './run-assay.ts';
import { describeStack } from './toolchain.ts';

const home = testHome();
afterAll(() => rmSync(home, { recursive: true, force: true }));

const challenges = await Promise.all(listChallenges().map((slug) => loadChallenge(slug)));

/**
 * `npm run verify` judges all references by all checks. Here the smallest challenge proves the stacks by all but those that compare in turns, for which a test
 * machine has no time, the one with people who sign in proves what is about them, and the one with the most rows and statements what is about those.
 */
function judged(challenge: Challenge, stack: string): readonly string[] {
  const areas = planChecks(challenge, []).map(({ id }) => id.split('/')[0] ?? '');
  if (challenge.slug === 'todo') return [...new Set(areas)].filter((area) => area !== 'performance');
  const more: Readonly<Record<string, readonly string[]>> = {
    'blog/express': ['security'],
    'bookshop/express': ['data', 'queries'],
    'orders-soap/express': ['soap'],
    'orders-soap/php': ['soap'],
  };
  return ['contract', 'scenario', ...(more[`${challenge.slug}/${stack}`] ?? [])];
}

/** Of the larger challenges, the stacks that are judged fastest: Express, and PHP but for the blog. */
const isJudgedHere = (slug: string, stack: string): boolean =>
  ['todo', 'ledger'].includes(slug) || stack === 'express' || (stack === 'php' && slug !== 'blog');

for (const challenge of challenges) {
  for (const stack of listStacks(challenge, 'backends').filter((each) => isJudgedHere(challenge.slug, each))) {
    describeStack(stack)(`${challenge.slug}/${stack}`, () => {
      it('passes every check', { timeout: 600_000 }, async () => {
        const seed = Math.floor(Math.random() * 1_000_000);
        const { status, report } = await check(
          [
            path.join(root, 'challenges', challenge.slug, 'backends', stack),
            '--seed',
            String(seed),
            '--only',
            ...judged(challenge, stack),
          ],
          home,
        );
        expect(troubles(report), `seed ${seed}`).toEqual([]);
        expect(report.verdict).toBe('passed');
        expect(status).toBe(0);
      });
    });
  }
  for (const stack of listStacks(challenge, 'starters').filter((each) => isJudgedHere(challenge.slug, each))) {
    describeStack(stack)(`the starter of ${challenge.slug}/${stack}`, () => {
      it('starts, and fails honestly', { timeout: 600_000 }, async () => {
        const { status, report } = await check(
          [path.join(challenge.folder, 'starters', stack), '--challenge', challenge.slug, '--only', 'contract', 'soap'],
          home,
        );
        expect(report.checks.find(({ id }) => id === 'launch/starts')?.status).toBe('passed');
        expect(report.verdict).toBe('failed');
        expect(status).toBe(1);
      });
    });
  }
}
