import type { FolderView } from '../folder-view.ts';
import type { PackageJson } from './package-json.ts';

const anyDatabase = 'postgresql://127.0.0.1:5432/postgres';
const generates = /prisma generate/;
const installHooks = ['preinstall', 'install', 'postinstall', 'prepare'];

/**
 * `prisma generate` writes the client that the sources import; the build script of many projects leaves it to an install hook. It connects to
 * nothing, but will not read settings that name a variable which is not there.
 *
 * @param builds the `build` script is run
 */
export function prismaClient(view: FolderView, manifest: PackageJson, builds: boolean): readonly string[] {
  const schema = 'prisma' in manifest.dependencies ? view.text('prisma/schema.prisma') : null;
  if (schema === null) return [];
  const run = [...(builds ? ['prebuild', 'build'] : []), ...(isAmongDependencies(schema) ? installHooks : [])];
  return run.some((name) => generates.test(scriptText(manifest, name)))
    ? []
    : [`DATABASE_URL=${anyDatabase} npx prisma generate`];
}

/** Of what an install hook makes, only what stands in `node_modules` is kept. */
function isAmongDependencies(schema: string): boolean {
  return [...schema.matchAll(/^\s*output\s*=\s*"([^"]*)"/gm)].every(([, path = '']) => path.includes('node_modules'));
}

/** A script of package.json with the scripts that it runs by name. */
function scriptText(manifest: PackageJson, name: string, depth = 3): string {
  const own = manifest.scripts[name] ?? '';
  const called = depth === 0 ? [] : [...own.matchAll(/\b(?:npm|pnpm|yarn)\s+(?:run\s+)?([\w:.-]+)/g)];
  return [own, ...called.map(([, other = '']) => scriptText(manifest, other, depth - 1))].join('\n');
}

/**
 * Where prisma.config.ts asks for an address outright, so does the `prisma generate` of the project's own scripts, and a build has none. What the
 * running backend is given stands before this one; of another database than PostgreSQL, `.env` may say where it is.
 */
export function prismaEnvironment(view: FolderView, manifest: PackageJson): Readonly<Record<string, string>> {
  const isPostgres = /^\s*provider\s*=\s*"postgres(ql)?"/m.test(view.text('prisma/schema.prisma') ?? '');
  const config = view.list('').find(({ name }) => /^prisma\.config\.[cm]?[jt]s$/.test(name));
  const text =
    config === undefined || !isPostgres || !('prisma' in manifest.dependencies) ? null : view.text(config.name);
  return /\benv(<[^>]*>)?\(\s*['"`]DATABASE_URL\b/.test(text ?? '') ? { DATABASE_URL: anyDatabase } : {};
}
