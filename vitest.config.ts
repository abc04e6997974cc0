import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      // They change nothing that is not theirs, so a worker loads what they have in common once.
      { extends: true, test: { name: 'packages', include: ['packages/*/src/**/*.test.ts'], isolate: false } },
      {
        extends: true,
        test: {
          name: 'apps',
          include: [
            'apps/*/src/**/*.test.{ts,tsx}',
            'apps/web/e2e/**/*.test.ts',
            'scripts/**/*.test.ts',
            'challenges/*.test.ts',
            'docs/*.test.ts',
            'bench/**/*.test.ts',
          ],
        },
      },
    ],
    // The long tests mostly wait for other processes; the usual half of two processors would be one at a time.
    maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
    // CI shares its machine: what fails once there is run again before it counts.
    retry: process.env['CI'] === undefined ? 0 : 1,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
