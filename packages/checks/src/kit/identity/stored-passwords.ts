import { createHash } from 'node:crypto';
import { type Instance, skipComment, type Statement } from '@assay/contract';

/** Ways of storing a password that a table of common ones, or one graphics card, turns back in hours. */
export const fastHashes = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const;
export type FastHash = (typeof fastHashes)[number];

/** How a password may be found where it should not be. */
export interface StoredForm {
  /** `plain`, or the name of the hash. */
  readonly form: 'plain' | FastHash;
  readonly text: string;
}

export function formsOf(password: string): readonly StoredForm[] {
  return [
    { form: 'plain', text: password },
    ...fastHashes.flatMap((form) => {
      const digest = createHash(form).update(password).digest();
      return [
        { form, text: digest.toString('hex') },
        { form, text: digest.toString('hex').toUpperCase() },
        { form, text: digest.toString('base64').replace(/=+$/, '') },
        { form, text: digest.toString('base64url') },
      ];
    }),
  ];
}

/** A statement that writes, with the values in it whether they came as parameters or in its text. */
export interface WrittenValues {
  /** The text without values, so that two statements of one kind can be told. */
  readonly template: string;
  /** How many of the values stand in the text; the parameters follow them. */
  readonly literals: number;
  readonly values: readonly string[];
}

/** What a statement writes; null when it writes nothing, or hashes what it is given. */
export function writtenValues({ text: whole, parameters }: Statement): WrittenValues | null {
  const text = afterComments(whole);
  if (!/^\s*(with\b[^]*\b(insert|update)\b|insert|update|merge)\b/i.test(text)) return null;
  if (/\b(crypt|digest|hmac|gen_salt|pgp_sym_encrypt|md5|sha\d{3})\s*\(/i.test(text)) return null;
  const literals: string[] = [];
  const template = text.replaceAll(/'((?:[^']|'')*)'/g, (_, literal: string) => {
    literals.push(literal.replaceAll("''", "'"));
    return '?';
  });
  return { template, literals: literals.length, values: [...literals, ...parameters.map(String)] };
}

/** Some mappers say first what a statement is for. */
function afterComments(text: string): string {
  let at = 0;
  for (let next = -1; next !== at; ) {
    at = Math.max(at, next);
    while (/\s/.test(text.charAt(at))) at += 1;
    next = skipComment(text, at);
  }
  return text.slice(at);
}

/** In which column of the database a text stands, as `table.column`; null when it stands nowhere. Asked past the wire. */
export async function columnHolding(
  instance: Instance,
  texts: readonly string[],
): Promise<{ readonly column: string; readonly text: string } | null> {
  const columns = await instance.sql(
    `SELECT c.table_schema AS s, c.table_name AS t, c.column_name AS c
     FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE t.table_type = 'BASE TABLE' AND c.table_schema NOT IN ('pg_catalog', 'information_schema')
       AND c.data_type IN ('text', 'character varying', 'character', 'json', 'jsonb', 'bytea')`,
  );
  for (const { s, t, c } of columns) {
    const [schema, table, column] = [s, t, c].map((name) => `"${String(name).replaceAll('"', '""')}"`);
    const [found] = await instance.sql(
      `SELECT looked_for.password AS wanted FROM ${schema}.${table} r, unnest($1::text[]) AS looked_for (password) WHERE position(looked_for.password in r.${column}::text) > 0 LIMIT 1`,
      [texts],
    );
    if (found !== undefined) return { column: `${String(t)}.${String(c)}`, text: String(found['wanted']) };
  }
  return null;
}
