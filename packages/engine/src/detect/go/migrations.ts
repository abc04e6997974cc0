import type { FolderView } from '../folder-view.ts';

/** Libraries by which a program brings its tables up to date itself, or has a command of its own for it. */
const libraries = /golang-migrate\/migrate|pressly\/goose|rubenv\/sql-migrate|jackc\/tern/;

/** The tools of those commands, which the machine may lack. */
export const migrationTools = ['migrate', 'goose', 'psql'] as const;

/**
 * What makes the tables where nothing in the program does: the tool whose files are there, run from a Makefile or by docker compose elsewhere. Only a
 * guess: where there are tables without it, it was not needed.
 */
export function migrationCommand(view: FolderView, module: string): string | null {
  if (libraries.test(module)) return null;
  const files = view.find(/\.sql$/, 6);
  const up = folderOf(files.find((path) => path.endsWith('.up.sql')));
  if (up !== null) return unlessRead(view, up, `migrate -path ${up} -database "$DATABASE_URL" up`);
  const goose = folderOf(files.find((path) => /^--\s*\+goose\s+up\b/im.test(view.text(path) ?? '')));
  if (goose !== null) return unlessRead(view, goose, `goose -dir ${goose} postgres "$DATABASE_URL" up`);
  const mounted = mountedFiles(view, files);
  const folder = folderOf(mounted[0]);
  return folder === null
    ? null
    : unlessRead(view, folder, `psql -v ON_ERROR_STOP=1 ${mounted.map((path) => `-f ${path}`).join(' ')}`);
}

/** Null where the program itself names such files or their folder: it makes the tables with them, and would find them made. */
function unlessRead(view: FolderView, folder: string, command: string): string | null {
  const own = view.find(/(?<!_test)\.go$/, 6).map((path) => view.text(path) ?? '');
  const isRead = own.some(
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

/** What the image of PostgreSQL runs on a database that is new. */
function mountedFiles(view: FolderView, files: readonly string[]): readonly string[] {
  const compose = view.list('').filter(({ name }) => /^(docker-)?compose.*\.ya?ml$/.test(name));
  const mounted = compose.flatMap(({ name }) =>
    [...(view.text(name) ?? '').matchAll(/(?:\.\/)?([\w./-]+):\/docker-entrypoint-initdb\.d\b/g)].map(([, path = '']) =>
      path.replace(/\/$/, ''),
    ),
  );
  return files
    .filter((path) => mounted.some((one) => path === one || path.slice(0, path.lastIndexOf('/')) === one))
    .filter(isPlain)
    .toSorted();
}

/** It is written into a command as it stands. */
function isPlain(path: string): boolean {
  return /^[\w./-]+$/.test(path);
}
