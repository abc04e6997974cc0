import type { FolderView } from '../folder-view.ts';
import type { PackageJson } from './package-json.ts';
import type { PackageManager } from './package-manager.ts';

const scripts = [
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
  'release',
];
/** Tools that a script called `release` runs to publish a package. */
const publishing =
  /\b(standard-version|semantic-release|changesets?|release-it|release-please|lerna|bumpp|np|publish)\b/;
const preparing = /migrat|seed|\bdb\b|prisma|knex|sequelize|typeorm|drizzle/;
/** Makes new migrations for whoever develops: it asks questions, and wants a second database to try them on. */
const developing = /\bprisma\b.*\bmigrate dev\b/;

/** What prepares a fresh database: a script of package.json, else the migration tool whose files are there. */
export function migrationCommand(view: FolderView, manifest: PackageJson, manager: PackageManager): string | null {
  // Where it says that it is for the database, it may do more than the migrations alone.
  const names = preparing.test(manifest.scripts['release'] ?? '') ? ['release', ...scripts] : scripts;
  const script = names.find((name) => {
    const text = manifest.scripts[name] ?? '';
    return text.trim() !== '' && !developing.test(text) && !(name === 'release' && publishing.test(text));
  });
  if (script !== undefined) return `${manager.run(script)}${directionOf(manifest.scripts[script] ?? '', manager)}`;
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

/** node-pg-migrate by itself only says what it could do; npm alone asks for a sign before what is meant for the script. */
function directionOf(script: string, manager: PackageManager): string {
  if (!/\bnode-pg-migrate\b/.test(script) || /\b(up|down|redo|create)\b/.test(script)) return '';
  return manager.run('x').startsWith('npm ') ? ' -- up' : ' up';
}
