import { expect, test } from 'vitest';
import { recognised } from '../recognised.ts';

test.each([
  [{ release: 'standard-version', migrate: 'knex migrate:latest' }, 'npm run migrate'],
  [{ release: 'semantic-release' }, null],
  [{ release: 'changeset publish' }, null],
  [{ release: 'node scripts/tables.js' }, 'npm run release'],
  [{ 'db:migrate': 'prisma migrate dev', 'migrate:deploy': 'prisma migrate deploy' }, 'npm run migrate:deploy'],
  [{ migrate: 'dotenv -- prisma migrate dev' }, null],
  [{ migrate: 'node-pg-migrate' }, 'npm run migrate -- up'],
  [{ migrate: 'node-pg-migrate up' }, 'npm run migrate'],
])('%j', (scripts, release) => {
  const [found] = recognised({ 'package.json': { dependencies: { express: '5' }, scripts }, 'index.js': '' });
  expect(found?.release).toBe(release);
});

test('another package manager than npm gives a script its arguments as they stand', () => {
  const manifest = { dependencies: { express: '5' }, scripts: { migrate: 'node-pg-migrate' } };
  const [found] = recognised({ 'package.json': manifest, 'index.js': '', 'pnpm-lock.yaml': '' });
  expect(found?.release).toMatch(/pnpm(@10)? run migrate up$/);
});
