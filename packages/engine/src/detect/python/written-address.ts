import type { FolderView } from '../folder-view.ts';

const scheme = String.raw`(postgres(?:ql)?(?:\+\w+)?):\/\/`;
/** `DATABASE_URL=…`, `- DATABASE_URL=…`, `DATABASE_URL: ${DATABASE_URL:-…}`. */
const assigned = new RegExp(String.raw`\bDATABASE_URL\b[^\n#]*?\b${scheme}`, 'g');
/** `environ.get('DATABASE_URL', '…')`, `getenv('DATABASE_URL') or '…'`, `database_url: str = '…'`. */
const byDefault = new RegExp(
  String.raw`\bDATABASE_URL(?:['"]\s*\)?\s*(?:,|or\b)\s*(?:default\s*=\s*)?f?|\s*:[^=\n]+=\s*(?:Field\(\s*(?:default\s*=\s*)?)?)['"]${scheme}`,
  'gi',
);
/** `environ['DATABASE_URL'].replace('postgresql', 'postgresql+asyncpg')`: it takes the plain one, and would write the driver twice. */
const mended = /\.replace\(\s*['"]postgresql(?::(?:\/\/)?)?['"]\s*,\s*f?['"]postgresql\+/;

/**
 * The scheme with which the project writes DATABASE_URL, where that names a driver of SQLAlchemy's (`postgresql+asyncpg`): under the plain one
 * it would load psycopg2. Null when it names none, or takes the plain one as well.
 */
export function writtenScheme(view: FolderView): string | null {
  const schemes = new Set<string>();
  for (const path of view.find(/(^|\/)(\.env[^/]*|[^/]*\.env|(docker-)?compose[^/]*\.ya?ml|[^/]+\.py)$/, 5)) {
    const source = view.text(path) ?? '';
    const isPython = path.endsWith('.py');
    if (isPython && mended.test(source)) return null;
    for (const match of source.matchAll(isPython ? byDefault : assigned)) schemes.add(match[1] ?? '');
  }
  const [only, ...others] = schemes;
  return only?.includes('+') === true && others.length === 0 ? only : null;
}
