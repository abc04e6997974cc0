import type { FolderView } from './folder-view.ts';
import { drizzleConfig } from './javascript/drizzle.ts';
import type { Proposal } from './stack-rule.ts';

const sources = /\.([cm]?[jt]sx?|py|php|java|kt|go|ya?ml|toml|properties|env|sql|prisma)$|(^|\/)\.env[^/]*$/;
/** Where Python's own and those that come with them are listed. */
const requirements =
  /(^|\/)(poetry\.lock|uv\.lock|Pipfile(\.lock)?|requirements[^/]*\.txt)$|(^|\/)requirements\/[^/]*\.txt$/;
const drivers = /psycopg|asyncpg|pg8000|psqlpy|aiopg|gino/i;
const signs = /postgres|DATABASE_URL|\bPG(HOST|PORT|USER|DATABASE|PASSWORD)\b|pgsql|psycopg|pg_connect/i;

/**
 * Whether the backend wants Assay's PostgreSQL. `none` only when both the dependencies and the sources are without any sign of it: a
 * database too many costs milliseconds, one too few costs the verdict. A Python that has SQLite and no driver cannot speak PostgreSQL,
 * whatever else its sources speak of: given an address of it, it would not start.
 */
export function databaseOf(
  view: FolderView,
  { ecosystem, speaksPostgres }: Pick<Proposal, 'ecosystem' | 'speaksPostgres'>,
): 'postgres' | 'none' {
  if (speaksPostgres !== false) return 'postgres';
  const has = (files: RegExp, sign: RegExp): boolean =>
    view.find(files, 8).some((path) => !path.endsWith('package-lock.json') && sign.test(view.text(path) ?? ''));
  if (ecosystem === 'python' && has(sources, /sqlite/i) && !has(sources, drivers) && !has(requirements, drivers))
    return 'none';
  return has(sources, signs) ? 'postgres' : 'none';
}

/** Whether the schema of Prisma or the settings of Drizzle name a database that is not PostgreSQL, and no driver of PostgreSQL stands beside it. */
export function hasOtherDatabase(view: FolderView): boolean {
  const schema = ['prisma/schema.prisma', 'schema.prisma'].find((file) => view.hasFile(file));
  const provider = /^\s*datasource\s+\w+\s*\{[^}]*?^\s*provider\s*=\s*"(\w+)"/m.exec(
    schema === undefined ? '' : (view.text(schema) ?? ''),
  )?.[1];
  const isOther =
    ['sqlite', 'mysql', 'sqlserver', 'mongodb'].includes(provider ?? '') ||
    ['sqlite', 'turso', 'mysql', 'singlestore', 'mssql'].includes(drizzleConfig(view, '')?.dialect ?? '');
  return isOther && !/"(pg|pg-promise|postgres)"\s*:/.test(view.text('package.json') ?? '');
}
