const quote = 0x27;
const doubleQuote = 0x22;
const dollar = 0x24;
const dash = 0x2d;
const slash = 0x2f;
const star = 0x2a;
const backslash = 0x5c;

/** Letters, digits, underscore, dollar and everything beyond ASCII: what a name or keyword is made of. */
export function isWordPart(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code === dollar ||
    code >= 0x80
  );
}

/** The end of the comment that begins here, or `at` when none does. Comments in slash and star nest. An unfinished one ends with the text. */
export function skipComment(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === dash && text.charCodeAt(at + 1) === dash) {
    let end = at + 2;
    while (end < text.length && text.charCodeAt(end) !== 0x0a && text.charCodeAt(end) !== 0x0d) end += 1;
    return end;
  }
  if (code !== slash || text.charCodeAt(at + 1) !== star) return at;
  let depth = 1;
  let end = at + 2;
  while (end < text.length && depth > 0) {
    const here = text.charCodeAt(end);
    const next = text.charCodeAt(end + 1);
    if (here === slash && next === star) {
      depth += 1;
      end += 2;
    } else if (here === star && next === slash) {
      depth -= 1;
      end += 2;
    } else {
      end += 1;
    }
  }
  return end;
}

/**
 * The end of the string or quoted name that begins here, or `at` when none does: '…' with '' inside, E'…' with backslashes, "…", and
 * $tag$…$tag$. The rules are those of "Lexical Structure" in PostgreSQL's manual with standard_conforming_strings on.
 */
export function skipQuoted(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === quote) return afterQuote(text, at + 1, quote, hasEscapes(text, at));
  if (code === doubleQuote) return afterQuote(text, at + 1, doubleQuote, false);
  if (code !== dollar || (at > 0 && isWordPart(text.charCodeAt(at - 1)))) return at;
  const open = tagEnd(text, at);
  if (open < 0) return at;
  const close = text.indexOf(text.slice(at, open), open);
  return close < 0 ? text.length : close + open - at;
}

function afterQuote(text: string, from: number, mark: number, escapes: boolean): number {
  let end = from;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (escapes && code === backslash) {
      end += 2;
    } else if (code !== mark) {
      end += 1;
    } else if (text.charCodeAt(end + 1) === mark) {
      end += 2;
    } else {
      return end + 1;
    }
  }
  return text.length;
}

/** Whether the quote at `at` opens an E'…' string. */
function hasEscapes(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return (before === 0x65 || before === 0x45) && !(at >= 2 && isWordPart(text.charCodeAt(at - 2)));
}

/** The end of the `$tag$` that begins at `at`, or -1: `$1` is a parameter, not a tag. */
function tagEnd(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && text.charCodeAt(end) !== dollar) {
    const code = text.charCodeAt(end);
    const digit = code >= 0x30 && code <= 0x39;
    if (!isWordPart(code) || (digit && end === at + 1)) return -1;
    end += 1;
  }
  return end < text.length ? end + 1 : -1;
}
