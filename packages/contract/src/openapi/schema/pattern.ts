/**
 * A `pattern` in the form that JSON Schema asks for: an ECMAScript regular expression with the flag `u`. Contracts carry patterns of
 * other dialects and of JavaScript source; what has one obvious meaning is rewritten. Null when it is no regular expression at all.
 */
export function readPattern(written: string): { readonly pattern: string; readonly changed: boolean } | null {
  // Read as it stands, the slashes of JavaScript source would keep an anchored pattern from ever matching.
  const isSource = /^\/\^.*\$\/[a-z]*$/s.test(written);
  if (isPattern(written) && !isSource) return { pattern: written, changed: false };
  for (const candidate of isSource ? [translated(written)] : [withoutNeedlessEscapes(written), translated(written)]) {
    if (isPattern(candidate)) return { pattern: candidate, changed: true };
  }
  return null;
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

/** With the flag `u` only syntax characters may be escaped; `\-` outside a class, `\_`, `\"` and `\@` are common without it. */
function withoutNeedlessEscapes(pattern: string): string {
  let result = '';
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at] ?? '';
    const next = pattern[at + 1];
    if (character === '\\' && next !== undefined) {
      const needed = inClass
        ? /[\^$\\.*+?()[\]{}|/\-bdDsSwWnrtfvcxupPk0-9]/
        : /[\^$\\.*+?()[\]{}|/bBdDsSwWnrtfvcxupPk0-9]/;
      result += needed.test(next) ? character + next : next;
      at += 1;
      continue;
    }
    if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    result += inClass && character === '-' ? classHyphen(pattern, at) : character;
  }
  return result;
}

/** A hyphen beside `\w` or `\d` stands for itself; with the flag `u` it must say so. */
function classHyphen(pattern: string, at: number): string {
  const before = pattern.slice(at - 2, at);
  const after = pattern.slice(at + 1, at + 3);
  return /\\[dDsSwW]/.test(before) || /\\[dDsSwW]/.test(after) ? '\\-' : '-';
}

/** From PCRE, Python and Java: anchors, named groups, POSIX classes, a leading flag, and the slashes of JavaScript source. */
function translated(pattern: string): string {
  const slashed = /^\/(.*)\/([a-z]*)$/s.exec(pattern);
  const body = slashed?.[1] ?? pattern;
  const ignoreCase = slashed?.[2]?.includes('i') === true || /^\^?\(\?i\)/.test(body);
  const plain = body
    .replace(/^(\^?)\(\?i\)/, '$1')
    .replaceAll('(?P<', '(?<')
    .replaceAll('\\A', '^')
    .replaceAll(/\\[zZ]/g, '$')
    .replaceAll('\\h', '[ \\t]')
    .replaceAll(/\[:(alpha|digit|alnum|upper|lower|space|xdigit|punct):\]/g, (_, name: string) => posix[name] ?? '')
    .replaceAll(/([*+?}])\+/g, '$1');
  const tidy = withoutNeedlessEscapes(plain);
  return ignoreCase ? `(?i:${tidy})` : tidy;
}

const posix: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  xdigit: '0-9a-fA-F',
  punct: '!-\\/:-@\\[-`\\{-~',
};
