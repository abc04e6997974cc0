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

test.each([
  [['knex'], 'server/knexfile.js', 'cd server && npx knex migrate:latest'],
  [['knex'], 'knexfile.js', 'npx knex migrate:latest'],
  [['knex'], 'client/knexfile.js', null],
  [['sequelize', 'sequelize-cli'], 'server/.sequelizerc', 'cd server && npx sequelize-cli db:migrate'],
  [['drizzle-kit'], 'server/drizzle.config.ts', 'cd server && npx drizzle-kit push --force'],
])('the settings of %j in %s', (tools, file, release) => {
  const dependencies = { express: '5', ...Object.fromEntries(tools.map((name) => [name, '1'])) };
  const manifest = { dependencies, scripts: { start: 'node server/src/server.js' } };
  const files = { 'package.json': manifest, 'server/src/server.js': '', [file]: '' };
  const [found] = recognised(files);
  expect(found?.release).toBe(release);
  const [apart] = recognised({ ...files, 'server/package.json': {} });
  expect(apart?.release).toBe(file.startsWith('server/') ? null : release);
});

test.each([
  ["export default { out: './src/db/migrations' }", 'npx drizzle-kit migrate'],
  ["export default {\n  // out: './src/db/migrations',\n  out: './elsewhere' }", 'npx drizzle-kit push --force'],
  ['export default {}', 'npx drizzle-kit push --force'],
])('migrations of Drizzle stand where its settings say: %j', (config, release) => {
  const [found] = recognised({
    'package.json': { dependencies: { express: '5', 'drizzle-kit': '1' } },
    'index.js': '',
    'drizzle.config.ts': config,
    'src/db/migrations/0000.sql': '',
  });
  expect(found?.release).toBe(release);
});
