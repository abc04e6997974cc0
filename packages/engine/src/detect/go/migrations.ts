import type { FolderView } from '../folder-view.ts';
import { isPlain, mountedFiles, psqlCommand } from '../mounted-tables.ts';
import { shippedSources } from './shipped-sources.ts';

/** Libraries by which a program brings its tables up to date itself, or has a command of its own for it. */
const libraries = /golang-migrate\/migrate|pressly\/goose|rubenv\/sql-migrate|jackc\/tern/;

/** The tools of those commands, which the machine may lack. */
export const migrationTools = ['migrate', 'goose', 'psql'] as const;

/**
 * What makes the tables where nothing in the program does: the tool whose files are there, run from a Makefile or by docker compose elsewhere. Only a
 * guess: where there are tables without it, it was not needed.
 */
export function migrationCommand(view: FolderView, module: string): string | null {
  const shipped = shippedSources(view, module);
  if (migratesItself(module, shipped)) return null;
  const files = view.find(/\.sql$/, 6);
  const up = folderOf(files.find((path) => path.endsWith('.up.sql')));
  if (up !== null) return unlessRead(shipped, up, `migrate -path ${up} -database "$DATABASE_URL" up`);
  const goose = folderOf(files.find((path) => /^--\s*\+goose\s+up\b/im.test(view.text(path) ?? '')));
  if (goose !== null) return unlessRead(shipped, goose, `goose -dir ${goose} postgres "$DATABASE_URL" up`);
  const mounted = mountedFiles(view);
  const folder = folderOf(mounted[0]);
  return folder === null ? null : unlessRead(shipped, folder, psqlCommand(view, mounted));
}

/** Its own sources call such a library, or something that they call does. One that stands in go.mod for tests alone does nothing. */
function migratesItself(module: string, shipped: readonly string[]): boolean {
  const required = module.split('\n').filter((line) => libraries.test(line));
  return required.some((line) => line.includes('// indirect')) || shipped.some((text) => libraries.test(text));
}

/** Null where the program itself names such files or their folder: it makes the tables with them, and would find them made. */
function unlessRead(shipped: readonly string[], folder: string, command: string): string | null {
  const isRead = shipped.some(
    (text) => /["`][^"`\n]*\.sql\b|^\/\/go:embed .*(\.sql|migrations?|schema)/m.test(text) || names(text, folder),
  );
  return isRead ? null : command;
}

function names(text: string, folder: string): boolean {
  return (
    folder !== '.' &&
    [`"${folder}`, `"./${folder}`, `\`${folder}`, `//${folder}`, `embed ${folder}`].some((one) => text.includes(one))
  );
}

function folderOf(path: string | undefined): string | null {
  if (path === undefined) return null;
  return isPlain(path) ? path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.' : null;
}
