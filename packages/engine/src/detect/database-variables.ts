import type { FolderView } from './folder-view.ts';

/** What a name ends in, and the variable of ours that holds the same. */
const parts: Readonly<Record<string, string>> = {
  HOST: '$PGHOST',
  HOSTNAME: '$PGHOST',
  SERVER: '$PGHOST',
  PORT: '$PGPORT',
  USER: '$PGUSER',
  USERNAME: '$PGUSER',
  PASS: '$PGPASSWORD',
  PASSWORD: '$PGPASSWORD',
  PASSWD: '$PGPASSWORD',
  PWD: '$PGPASSWORD',
  NAME: '$PGDATABASE',
  DB: '$PGDATABASE',
  DBNAME: '$PGDATABASE',
  DB_NAME: '$PGDATABASE',
  DATABASE: '$PGDATABASE',
};

const endings = Object.keys(parts).join('|');
const mention = new RegExp(String.raw`\b(POSTGRES|POSTGRESQL|PG|DB|DATABASE)_(${endings})\b`, 'g');
/** Pydantic reads a variable for each member of its settings, in any case. */
const member = new RegExp(String.raw`^[ \t]+(postgres|postgresql|pg|db|database)_(${endings})\s*:`, 'gim');

const examples = /(^|\/)(\.env[^/]*|[^/]*\.env|env\.example|(docker-)?compose[^/]*\.ya?ml)$/;
const sources =
  /\.([cm]?[jt]s|py|php|java|kts?|scala|go|rb|rs|[cf]s|exs?|ya?ml|toml|properties|conf|ini|json|sh)$|(^|\/)Dockerfile$/;
const locks = /(^|\/)(package-lock|npm-shrinkwrap)\.json$|(^|\/)pnpm-lock\.yaml$/;
/** `NAME=value`, `NAME: value`, `- NAME=value`. */
const assignment = /^[ \t]*(?:-[ \t]*)?(?:export[ \t]+)?([A-Z][A-Z0-9_]*)[ \t]*[=:][ \t]*["']?([^\s"'#]+)/gm;

const kindName = /^(DB|DATABASE)_(?:CONNECTION|TYPE|DIALECT|CLIENT|ENGINE|DRIVER)$/;
const postgresKind = /^(pg|pgsql|pdo_pgsql|postgres(ql)?(\+\w+)?|django\.db\.backends\.postgresql(_psycopg2)?)$/i;
const otherKind = /mysql|mariadb|sqlite|mssql|sqlserver|mongo|oracle/i;
const otherPort = /^(3306|1433|1521|27017)$/;
const speaks = /postgres|pgsql|psycopg|asyncpg|\bpg_connect\b|\bpgx\b|["'/]pg["']/i;

/**
 * The names besides ours under which a backend reads where its database is, as far as its examples, compose files and sources name them, each
 * with what it stands for: `{ DB_HOST: '$PGHOST' }`. What tells the kind of the database is given as the example writes it.
 */
export function databaseVariables(view: FolderView): Readonly<Record<string, string>> {
  const texts = view
    .find(new RegExp(`${examples.source}|${sources.source}`), 6)
    .filter((path) => !locks.test(path))
    .map((path) => ({ path, text: view.text(path) ?? '' }));
  const assigned = texts
    .filter(({ path }) => examples.test(path) && !/test/i.test(path))
    .flatMap(({ text }) => [...text.matchAll(assignment)].map(([, name = '', value = '']) => ({ name, value })));
  const isPostgres = (prefix: string): boolean =>
    prefix.startsWith('P') || (texts.some(({ text }) => speaks.test(text)) && !isOther(prefix, assigned));
  const named = texts.flatMap(({ path, text }) => [
    ...text.matchAll(mention),
    ...(path.endsWith('.py') ? text.matchAll(member) : []),
  ]);
  const wanted = Map.groupBy(named, ([, prefix = '']) => prefix.toUpperCase());
  return Object.fromEntries([
    ...[...wanted]
      .filter(([prefix]) => isPostgres(prefix))
      .flatMap(([prefix, found]) =>
        found.map(([, , ending = '']) => [`${prefix}_${ending.toUpperCase()}`, parts[ending.toUpperCase()] ?? '']),
      ),
    ...assigned.flatMap(({ name, value }) => {
      const meant = meaningOf(name, value);
      return meant === null ? [] : [[name, meant]];
    }),
  ]);
}

interface Assigned {
  readonly name: string;
  readonly value: string;
}

/** Whether `DB_…` tells of another database than PostgreSQL. */
function isOther(prefix: string, assigned: readonly Assigned[]): boolean {
  const kinds = assigned.filter(({ name }) => kindName.exec(name)?.[1] === prefix);
  if (kinds.length > 0)
    return !kinds.some(({ value }) => postgresKind.test(value)) && kinds.some(({ value }) => otherKind.test(value));
  return assigned.some(({ name, value }) => name === `${prefix}_PORT` && otherPort.test(value));
}

/** What an example shows to be a whole address, or the kind of the database; null for everything else. */
function meaningOf(name: string, value: string): string | null {
  if (/TEST|SHADOW/.test(name) || name === 'DATABASE_URL') return null;
  if (kindName.test(name) && postgresKind.test(value)) return value;
  const [, scheme] = /^(postgres(?:ql)?(?:\+\w+)?):\/\//.exec(value) ?? [];
  if (scheme !== undefined) return `${scheme}://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/$PGDATABASE`;
  // Whose user and password those are stands under other names; frameworks have some of their own.
  if (!/^(POSTGRES|POSTGRESQL|PG|DB|DATABASE)_/.test(name)) return null;
  const [, java] = /^((?:jdbc|r2dbc):postgresql):\/\//.exec(value) ?? [];
  if (java !== undefined) return `${java}://$PGHOST:$PGPORT/$PGDATABASE`;
  return /^[\w.-]+:5432$/.test(value) ? '$PGHOST:$PGPORT' : null;
}
