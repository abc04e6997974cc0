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

/** Anchors of PCRE, Python, Ruby and Java. Read as escapes that are not needed, they would ask for a letter `A` and a letter `z`. */
const anchors: Readonly<Record<string, string>> = { A: '^', z: '$', Z: '$' };

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
      // `\h` stays and spoils the pattern: it is a blank to PCRE and Java, and a hexadecimal digit to Ruby.
      if (next === 'h' || needed.test(next)) result += character + next;
      else result += inClass ? next : (anchors[next] ?? next);
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

/** From PCRE, Python and Java: named groups, POSIX classes, leading flags, and the slashes of JavaScript source. */
function translated(pattern: string): string {
  const slashed = /^\/(.*)\/([a-z]*)$/s.exec(pattern);
  const body = slashed?.[1] ?? pattern;
  const leading = /^(\^?)\(\?([imsu]+)\)/.exec(body);
  // What is neither of these three is the flag `u`, which holds anyway, or concerns only how a text is gone through.
  const flags = [...'ims'].filter((flag) => `${slashed?.[2] ?? ''}${leading?.[2] ?? ''}`.includes(flag)).join('');
  const plain = (leading === null ? body : (leading[1] ?? '') + body.slice(leading[0].length))
    .replaceAll('(?P<', '(?<')
    .replaceAll(/\[:(alpha|digit|alnum|upper|lower|space|xdigit|punct):\]/g, (_, name: string) => posix[name] ?? '')
    .replaceAll(/(?<!\\)([*+?}])\+/g, '$1');
  const tidy = withoutNeedlessEscapes(plain);
  return flags === '' ? tidy : `(?${flags}:${tidy})`;
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
