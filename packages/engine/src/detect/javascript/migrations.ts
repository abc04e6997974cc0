import type { FolderView } from '../folder-view.ts';
import { drizzleConfig } from './drizzle.ts';
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

/**
 * What prepares a fresh database: a script of package.json, else the migration tool whose files are there.
 * @param started the file that is started, beside which they may stand
 */
export function migrationCommand(
  view: FolderView,
  manifest: PackageJson,
  manager: PackageManager,
  started: string | null = null,
): string | null {
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
  for (const folder of foldersOf(view, started)) {
    const command = toolIn(view, folder, has);
    if (command !== null) return folder === '' ? command : `cd ${folder} && ${command}`;
  }
  if (has('node-pg-migrate') && view.hasFolder('migrations')) return 'npx node-pg-migrate up';
  return null;
}

/** The backend's own folder, and those around the started file. One with a package.json of its own has its tools there. */
function foldersOf(view: FolderView, started: string | null): readonly string[] {
  const parts = (started ?? '').split('/').slice(0, -1);
  const around = parts.map((_, index) => parts.slice(0, parts.length - index).join('/'));
  return ['', ...around.filter((folder) => /^[\w./-]+$/.test(folder) && !view.hasFile(`${folder}/package.json`))];
}

function toolIn(view: FolderView, folder: string, has: (name: string) => boolean): string | null {
  const names = view.list(folder).map(({ name }) => name);
  if (has('knex') && names.some((name) => /^knexfile\.[cm]?[jt]s$/.test(name))) return 'npx knex migrate:latest';
  const ofSequelize = names.includes('.sequelizerc') || (folder === '' && view.hasFolder('migrations'));
  if (has('sequelize-cli') && has('sequelize') && ofSequelize) return 'npx sequelize-cli db:migrate';
  const drizzle = has('drizzle-kit') ? drizzleConfig(view, folder) : null;
  if (drizzle === null) return null;
  const out = folder === '' ? drizzle.out : `${folder}/${drizzle.out}`;
  return view.hasFolder(out) ? 'npx drizzle-kit migrate' : 'npx drizzle-kit push --force';
}

/** node-pg-migrate by itself only says what it could do; npm alone asks for a sign before what is meant for the script. */
function directionOf(script: string, manager: PackageManager): string {
  if (!/\bnode-pg-migrate\b/.test(script) || /\b(up|down|redo|create)\b/.test(script)) return '';
  return manager.run('x').startsWith('npm ') ? ' -- up' : ' up';
}
