import { isWordPart, skipComment, skipQuoted } from '@assay/contract';

/** One statement of a text that holds several. */
export interface SqlPiece {
  /** Where it begins in the whole text. */
  readonly start: number;
  readonly text: string;
}

const semicolon = 0x3b;
const open = 0x28;
const close = 0x29;

/**
 * Splits a text at the semicolons between its statements, as the server does. Semicolons in strings, comments, parentheses (CREATE RULE)
 * and BEGIN ATOMIC bodies separate nothing. Pieces which hold nothing but space and comments are left out.
 */
export function splitSql(text: string): readonly SqlPiece[] {
  const pieces: SqlPiece[] = [];
  let start = 0;
  let filled = false;
  let parentheses = 0;
  let words: string[] = [];
  let blocks = 0;
  const finish = (end: number): void => {
    if (filled) pieces.push(trimmed(text, start, end));
    start = end + 1;
    filled = false;
    parentheses = 0;
    words = [];
    blocks = 0;
  };
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const afterComment = skipComment(text, at);
    if (afterComment > at) {
      at = afterComment;
      continue;
    }
    const afterQuoted = skipQuoted(text, at);
    if (afterQuoted > at) {
      filled = true;
      at = afterQuoted;
      continue;
    }
    if (code === semicolon && parentheses <= 0 && blocks === 0) {
      finish(at);
      at += 1;
      continue;
    }
    if (code === open) parentheses += 1;
    if (code === close) parentheses -= 1;
    if (!isWordPart(code)) {
      if (!isSpace(code)) filled = true;
      at += 1;
      continue;
    }
    filled = true;
    const from = at;
    while (at < text.length && isWordPart(text.charCodeAt(at))) at += 1;
    // Only the first words tell CREATE FUNCTION; within one, BEGIN and CASE open what END closes.
    if (words.length < 4) words.push(text.slice(from, at).toLowerCase());
    if (words[0] === 'create' && definesRoutine(words)) blocks += blockChange(text.slice(from, at), blocks);
  }
  finish(text.length);
  return pieces;
}

/** Whether the text can only hold one statement: a quick test that spares most texts the splitting. */
export function isSingleSql(text: string): boolean {
  const first = text.indexOf(';');
  if (first < 0) return true;
  for (let at = first + 1; at < text.length; at += 1) if (!isSpace(text.charCodeAt(at))) return false;
  return true;
}

function trimmed(text: string, from: number, to: number): SqlPiece {
  let start = from;
  let end = to;
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return { start, text: text.slice(start, end) };
}

function definesRoutine(words: readonly string[]): boolean {
  const noun = words[1] === 'or' ? words[3] : words[1];
  return noun === 'function' || noun === 'procedure';
}

function blockChange(word: string, blocks: number): number {
  const keyword = word.toLowerCase();
  if (keyword === 'begin') return 1;
  if (keyword === 'case' && blocks > 0) return 1;
  return keyword === 'end' && blocks > 0 ? -1 : 0;
}

/** Space as PostgreSQL's lexer knows it. */
function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}
