import type { FolderView } from './folder-view.ts';

const sources = /\.([cm]?[jt]sx?|py|php|java|kt|go|ya?ml|toml|properties|env|sql|prisma)$|(^|\/)\.env[^/]*$/;
const signs = /postgres|DATABASE_URL|\bPG(HOST|PORT|USER|DATABASE|PASSWORD)\b|pgsql|psycopg|pg_connect/i;

/**
 * Whether the backend wants Assay's PostgreSQL. `none` only when both the dependencies and the sources are without any sign of it: a
 * database too many costs milliseconds, one too few costs the verdict.
 */
export function databaseOf(view: FolderView, speaksPostgres: boolean | null): 'postgres' | 'none' {
  if (speaksPostgres !== false) return 'postgres';
  return view.find(sources, 8).some((path) => !path.endsWith('package-lock.json') && signs.test(view.text(path) ?? ''))
    ? 'postgres'
    : 'none';
}
