import { isWordPart, skipComment, skipQuoted } from '@assay/contract';

/** What a statement does to data; `other` for BEGIN, SET, CREATE and everything else. */
export type SqlKind = 'read' | 'write' | 'commit' | 'other';

const byFirstWord: Readonly<Record<string, SqlKind>> = {
  select: 'read',
  values: 'read',
  table: 'read',
  fetch: 'read',
  show: 'read',
  insert: 'write',
  update: 'write',
  delete: 'write',
  merge: 'write',
  truncate: 'write',
  commit: 'commit',
  end: 'commit',
};

const rowsOfWrites: Readonly<Record<string, string>> = {
  insert: 'INSERT',
  update: 'UPDATE',
  delete: 'DELETE',
  merge: 'MERGE',
  fetch: 'FETCH',
};

/** The command tag that a statement which returns rows will have, where the server has not sent it yet. */
export function rowsCommand(text: string): string {
  return rowsOfWrites[new Tokens(text).next() ?? ''] ?? 'SELECT';
}

const modifying = new Set(['insert', 'update', 'delete', 'merge']);

/** Classifies one statement by its leading keyword; looks into WITH (a CTE or the main statement may write) and COPY (FROM or TO). */
export function sqlKind(text: string): SqlKind {
  const tokens = new Tokens(text);
  let first = tokens.next();
  while (first === '(' || first === ';') first = tokens.next();
  if (first === 'with') return withKind(tokens);
  if (first === 'copy') return copyKind(tokens);
  return first === null ? 'other' : (byFirstWord[first] ?? 'other');
}

/** A statement stands after a parenthesis: `(INSERT …)` in a CTE, `) INSERT …` behind the list of them. */
function withKind(tokens: Tokens): SqlKind {
  let before = '';
  for (let token = tokens.next(); token !== null; token = tokens.next()) {
    if (modifying.has(token) && (before === '(' || before === ')')) return 'write';
    before = token;
  }
  return 'read';
}

function copyKind(tokens: Tokens): SqlKind {
  let depth = 0;
  for (let token = tokens.next(); token !== null; token = tokens.next()) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (depth === 0 && token === 'from') return 'write';
    if (depth === 0 && token === 'to') return 'read';
  }
  return 'other';
}

/** Words in lower case and single signs; comments are passed over, a string or quoted name is the token `'`. */
class Tokens {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  next(): string | null {
    while (this.#at < this.#text.length) {
      const from = this.#at;
      this.#at = skipComment(this.#text, from);
      if (this.#at > from) continue;
      this.#at = skipQuoted(this.#text, from);
      if (this.#at > from) return "'";
      while (this.#at < this.#text.length && isWordPart(this.#text.charCodeAt(this.#at))) this.#at += 1;
      if (this.#at > from) return this.#text.slice(from, this.#at).toLowerCase();
      this.#at = from + 1;
      const sign = this.#text.charAt(from);
      if (sign.trim() !== '') return sign;
    }
    return null;
  }
}
