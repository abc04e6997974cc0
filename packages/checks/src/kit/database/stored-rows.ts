import { isJsonObject, type Json, type JsonObject, type ProbeContext, type Statement } from '@assay/contract';

/** A row that stands in the database. */
export interface StoredRow {
  readonly table: string;
  readonly row: JsonObject;
}

const name = String.raw`(?:"(?:[^"]|"")+"|[a-z_][\w$]*)`;
const written = new RegExp(String.raw`\b(?:insert\s+into|update(?:\s+only)?)\s+(${name}(?:\.${name})?)`, 'gi');

/** The tables that statements write to, as they name them. */
export function tablesWritten(statements: readonly Pick<Statement, 'text'>[]): readonly string[] {
  return [
    ...new Set(statements.flatMap(({ text }) => [...text.matchAll(written)].flatMap((match) => match[1] ?? []))),
  ].filter((table) => !/^(set|of)$/i.test(table));
}

/** The rows of those tables that hold a text somewhere. None where the statements are not seen. */
export async function rowsWith(
  { backend }: Pick<ProbeContext, 'backend'>,
  statements: readonly Pick<Statement, 'text'>[],
  text: string,
): Promise<readonly StoredRow[]> {
  if (backend.wire === null) return [];
  const found: StoredRow[] = [];
  for (const table of tablesWritten(statements)) {
    try {
      const rows = await backend.sql(
        `SELECT to_jsonb(t.*) AS row FROM ${table} AS t WHERE strpos(to_jsonb(t.*)::text, $1) > 0 LIMIT 3`,
        [text],
      );
      for (const { row } of rows) if (isJsonObject(row)) found.push({ table: bare(table), row: row as JsonObject });
    } catch {
      // A name that is none: a comment that speaks of an update, a table of a schema that is searched otherwise.
    }
  }
  return found;
}

function bare(table: string): string {
  return table.replaceAll('"', '');
}

/** Whether two names are the same but for the way their words are joined: `isAdmin`, `is_admin`. */
export function sameName(a: string, b: string): boolean {
  return squeezed(a) === squeezed(b);
}

function squeezed(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();
}

/** Whether a stored or shown value is the one that was sent: numbers may come back as texts, instants in another form. */
export function isSameValue(sent: Json, got: Json | undefined): boolean {
  if (got === undefined || got === null || typeof got === 'object') return false;
  if (sent === got || String(sent) === String(got)) return true;
  if (typeof sent === 'boolean' || typeof got === 'boolean') return false;
  if (typeof sent === 'number' || /^-?\d+(\.\d+)?$/.test(String(sent))) return Number(sent) === Number(got);
  const instant = (text: string): number => (/^\d{4}-\d\d-\d\d[T ]/.test(text) ? Date.parse(zoned(text)) : Number.NaN);
  return instant(String(sent)) === instant(String(got));
}

/** PostgreSQL prints a timestamp without a zone as it is; it was meant in UTC. */
function zoned(text: string): string {
  return /(Z|[+-]\d\d(:?\d\d)?)$/.test(text) ? text : `${text}Z`;
}
