import type { FolderView } from '../folder-view.ts';
import type { PackageJson } from './package-json.ts';
import type { PackageManager } from './package-manager.ts';

const scripts = [
  'release',
  'migrate',
  'db:migrate',
  'migrate:up',
  'migrate:latest',
  'migration:run',
  'migrations:run',
  'migrate:deploy',
  'prisma:deploy',
  'prisma:migrate:deploy',
  'knex:migrate',
  'knex:migrate:latest',
  'sequelize:migrate',
  'typeorm:migration:run',
  'drizzle:migrate',
  'db:push',
];

/** What prepares a fresh database: a script of package.json, else the migration tool whose files are there. */
export function migrationCommand(view: FolderView, manifest: PackageJson, manager: PackageManager): string | null {
  const script = scripts.find((name) => (manifest.scripts[name] ?? '').trim() !== '');
  if (script !== undefined) return manager.run(script);
  const has = (name: string): boolean => name in manifest.dependencies;
  if ((has('prisma') || has('@prisma/client')) && view.hasFile('prisma/schema.prisma')) {
    return view.hasFolder('prisma/migrations') ? 'npx prisma migrate deploy' : 'npx prisma db push --skip-generate';
  }
  if (has('knex') && view.list('').some(({ name }) => /^knexfile\.[cm]?[jt]s$/.test(name)))
    return 'npx knex migrate:latest';
  if (has('sequelize-cli') && has('sequelize') && (view.hasFolder('migrations') || view.hasFile('.sequelizerc')))
    return 'npx sequelize-cli db:migrate';
  if (has('drizzle-kit') && view.list('').some(({ name }) => /^drizzle\.config\.[cm]?[jt]s$/.test(name))) {
    return view.hasFolder('drizzle') ? 'npx drizzle-kit migrate' : 'npx drizzle-kit push --force';
  }
  if (has('node-pg-migrate') && view.hasFolder('migrations')) return 'npx node-pg-migrate up';
  return null;
}
