import { isWordPart, skipComment, skipQuoted } from '@assay/contract';
import type { Table } from './catalog.ts';
import { identifier } from './quote.ts';

/**
 * What a statement inserts into a column of the table, each expression without its spaces and texts: `now()`, `$3`. `default` is what it leaves to
 * the column's default, by not naming it or by saying DEFAULT for it. Of INSERT … SELECT nothing is known.
 */
export function insertedValues(statement: string, table: Table, column: string): readonly string[] {
  const tokens = tokensOf(statement);
  const starts = tokens.flatMap((token, at) => (token === 'insert' && tokens[at + 1] === 'into' ? [at + 2] : []));
  // None stands within the values of another: each is read to where the next one begins.
  return starts.flatMap((from, index) => valuesFor(tokens.slice(from, starts[index + 1]), table, column));
}

/** The columns that an INSERT names, each with what the first row of VALUES has for it, as above; none where it names none, or has no such row. */
export function namedValues(statement: string): readonly (readonly [column: string, value: string])[] {
  const [insert, into, ...tokens] = tokensOf(statement);
  const { named, rest } = headOf(tokens);
  if (insert !== 'insert' || into !== 'into' || named === null || rest[0] !== 'values') return [];
  const [row = []] = rowsOf(rest.slice(1));
  return named.map((column, place) => [column, row[place] ?? '']);
}

const left = 'default';

/** @param tokens what follows INSERT INTO */
function valuesFor(tokens: readonly string[], { key, columns }: Table, column: string): readonly string[] {
  const { path, named, rest } = headOf(tokens);
  const written = path.map(identifier).join('.');
  if (key !== written && !key.endsWith(`.${written}`)) return [];
  // Without names there may be fewer values than columns.
  const missing = named === null ? left : '';
  const place = (named ?? columns.map(({ name }) => name)).indexOf(column);
  if (place < 0 || rest[0] === 'default') return [left];
  return rest[0] === 'values' ? rowsOf(rest.slice(1)).map((row) => row[place] ?? missing) : [];
}

/**
 * The table that it inserts into, the columns that it names, null where it names none, and where their values come from.
 * @param tokens what follows INSERT INTO
 */
function headOf(tokens: readonly string[]): {
  readonly path: readonly string[];
  readonly named: readonly string[] | null;
  readonly rest: readonly string[];
} {
  let at = 0;
  const path = [nameOf(tokens[at])];
  for (; tokens[at + 1] === '.'; at += 2) path.push(nameOf(tokens[at + 2]));
  at += tokens[at + 1] === 'as' ? 3 : 1;
  let named: readonly string[] | null = null;
  if (tokens[at] === '(' && tokens[at + 1] !== 'select' && tokens[at + 1] !== 'with') {
    const end = tokens.indexOf(')', at);
    named = tokens
      .slice(at + 1, end)
      .filter((token) => token !== ',')
      .map(nameOf);
    at = end + 1;
  }
  if (tokens[at] === 'overriding') at += 3;
  return { path, named, rest: tokens.slice(at) };
}

/** The rows of VALUES: of each value its text, which for DEFAULT is that word alone. */
function rowsOf(tokens: readonly string[]): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let depth = 0;
  for (const token of tokens) {
    const row = rows.at(-1);
    if (token === ')') depth -= 1;
    if (depth === 0 && token !== '(' && token !== ')' && token !== ',') break;
    if (token === '(' && depth === 0) rows.push(['']);
    else if (token === ',' && depth === 1) row?.push('');
    else if (depth > 0 && row !== undefined) row.push(`${row.pop() ?? ''}${token}`);
    if (token === '(') depth += 1;
  }
  return rows;
}

/** Words in small letters, names in quotes as they stand, everything else sign by sign; a text as one. */
function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  let at = 0;
  while (at < text.length) {
    const commented = skipComment(text, at);
    const quoted = skipQuoted(text, at);
    const from = at;
    if (commented > at) at = commented;
    else if (quoted > at) {
      tokens.push(text[from] === '"' ? text.slice(from, quoted) : "''");
      at = quoted;
    } else {
      while (at < text.length && isWordPart(text.charCodeAt(at))) at += 1;
      if (at === from) at += 1;
      const token = text.slice(from, at).toLowerCase();
      if (token.trim() !== '') tokens.push(token);
    }
  }
  return tokens;
}

function nameOf(token = ''): string {
  return token.startsWith('"') ? token.slice(1, -1).replaceAll('""', '"') : token;
}
