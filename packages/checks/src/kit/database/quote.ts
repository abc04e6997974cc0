import { isWordPart, skipComment, skipQuoted, type SqlValue } from '@assay/contract';

/** A text as an SQL literal, under standard_conforming_strings. */
export function literal(value: SqlValue): string {
  if (value === null) return 'NULL';
  return `'${String(value).replaceAll("'", "''")}'`;
}

/** A name as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function identifiers(names: readonly string[]): string {
  return names.map(identifier).join(', ');
}

/**
 * A statement with its parameters written into it. A literal without a type takes the type that its place asks for, as a parameter without
 * one does. Null when a parameter is missing or was cut for its length.
 */
export function withLiterals(text: string, parameters: readonly SqlValue[]): string | null {
  let written = '';
  let at = 0;
  while (at < text.length) {
    const skipped = Math.max(skipComment(text, at), skipQuoted(text, at));
    if (skipped > at) {
      written += text.slice(at, skipped);
      at = skipped;
      continue;
    }
    const from = at;
    while (at < text.length && isWordPart(text.charCodeAt(at))) at += 1;
    if (at === from) {
      written += text.charAt(at++);
      continue;
    }
    const word = text.slice(from, at);
    const number = /^\$(\d+)$/.exec(word)?.[1];
    if (number === undefined) {
      written += word;
      continue;
    }
    const value = parameters[Number(number) - 1];
    if (value === undefined || (typeof value === 'string' && value.endsWith('…'))) return null;
    written += ` ${literal(value)}`;
  }
  return written;
}
