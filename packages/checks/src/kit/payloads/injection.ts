import { skipComment, skipQuoted } from '@assay/contract';

/** Where a planted value became a part of the statement itself. */
export interface Injection {
  /** The text around it. */
  readonly around: string;
}

/**
 * Whether a planted payload stands in a statement's text as SQL. It does not when it is wholly inside one string, quoted name or comment,
 * with its own quotes doubled or escaped: then the driver or the code quoted it, and it is data. Nor does it where only letters and digits of it are left: that names
 * some column, and no more. Small letters and capitals are the same. `start` is the payload's beginning, letters and digits alone, unique in the run.
 */
export function findInjection(statement: string, begins: string, planted: string): Injection | null {
  const [text, start, payload] = [statement, begins, planted].map((one) => one.toLowerCase());
  if (text === undefined || start === undefined || payload === undefined || !text.includes(start)) return null;
  // What shows is the statement as it is; a sign that is longer in small letters moves that a little.
  const around = (from: number, to: number): Injection => ({ around: statement.slice(Math.max(0, from), to) });
  let at = 0;
  while (at < text.length) {
    const end = Math.max(skipComment(text, at), skipQuoted(text, at));
    if (end === at) {
      if (text.startsWith(start, at) && keepsSigns(text.slice(at + start.length), payload.slice(start.length)))
        return around(at - 60, at + payload.length + 40);
      at += 1;
      continue;
    }
    const token = text.slice(at, end);
    if (token.includes(start) && !isWhole(token, payload) && goesOn(text, at + token.indexOf(start), payload))
      return around(at - 40, end + 40);
    at = end;
  }
  return null;
}

/** Whether a string, quoted name or comment holds all of the payload. */
function isWhole(token: string, payload: string): boolean {
  return [token, unescaped(token)].some((form) => bare(form).includes(bare(payload)));
}

/**
 * Whether, outside of strings, signs of the tail stand behind the word: at once, or its two dashes, or a quote as it is escaped where there are quotes around. What code
 * left only letters and digits of goes on with signs of the statement's own, such as the semicolon at its end.
 */
function keepsSigns(text: string, tail: string): boolean {
  if (/^(?:\\['"]|&(?:#\d+|#x[\da-f]+|quot|apos);)/.test(text)) return true;
  let left = tail;
  let kept = '';
  for (const sign of text) {
    const found = left.indexOf(sign);
    if (found < 0) break;
    kept += sign;
    left = left.slice(found + 1);
  }
  return /^['"|(]|--/.test(kept);
}

/** Whether the payload goes on behind the sign that ended the string: of a slug or an excerpt, nothing does. */
function goesOn(text: string, at: number, payload: string): boolean {
  return bare(text.slice(at)).startsWith(bare(payload));
}

/**
 * What a string, quoted name or comment holds, and a payload, without any of their escaping: backslashes gone and runs of one quote made one. A value can be
 * escaped several times over, as in `E'{"it''s \\"x\\""}'` for an array; each way leaves the signs between the quotes in their order.
 */
function bare(text: string): string {
  return text.replaceAll('\\', '').replaceAll(/(['"])\1+/g, '$1');
}

/** A comment that tells which request a statement is for holds its address as it came: with percent signs. */
function unescaped(token: string): string {
  try {
    return decodeURIComponent(token.replaceAll('+', ' '));
  } catch {
    return token;
  }
}
