import { skipComment, skipQuoted } from '@assay/contract';

/** Where a planted value became a part of the statement itself. */
export interface Injection {
  /** The text around it. */
  readonly around: string;
}

/**
 * Whether a planted payload stands in a statement's text as SQL. It does not when it is wholly inside one string, quoted name or comment,
 * with its own quotes doubled or escaped: then the driver or the code quoted it, and it is data. `start` is the payload's beginning,
 * letters and digits alone, unique in the run.
 */
export function findInjection(text: string, start: string, payload: string): Injection | null {
  if (!text.includes(start)) return null;
  let at = 0;
  while (at < text.length) {
    const end = Math.max(skipComment(text, at), skipQuoted(text, at));
    if (end === at) {
      if (text.startsWith(start, at)) return { around: text.slice(Math.max(0, at - 60), at + payload.length + 40) };
      at += 1;
      continue;
    }
    const token = text.slice(at, end);
    if (token.includes(start) && !decoded(token).includes(payload))
      return { around: text.slice(Math.max(0, at - 40), end + 40) };
    at = end;
  }
  return null;
}

/** The value that a string, quoted name or comment holds. Backslashes are taken off as E'…' strings have them: too much at worst. */
function decoded(token: string): string {
  const mark = token.charAt(0);
  if (mark !== "'" && mark !== '"') return token;
  const inner = token.slice(1, -1).replaceAll(mark + mark, mark);
  return inner.includes('\\') ? inner.replaceAll(/\\(.)/g, '$1') : inner;
}
