import { scopeFlags } from './scope-flags.ts';
import { tidyPattern } from './tidy-pattern.ts';

/**
 * A `pattern` in the form that JSON Schema asks for: an ECMAScript regular expression with the flag `u`. Contracts carry patterns of
 * other dialects and of JavaScript source; what has one obvious meaning is rewritten. Null when it is no regular expression at all.
 */
export function readPattern(written: string): { readonly pattern: string; readonly changed: boolean } | null {
  // Read as it stands, the slashes of JavaScript source would keep an anchored pattern from ever matching.
  const isSource = /^\/\^.*\$\/[a-z]*$/s.test(written);
  if (isPattern(written) && !isSource) return { pattern: written, changed: false };
  for (const candidate of isSource ? [translated(written)] : [tidyPattern(written), translated(written)]) {
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

/** From PCRE, Python and Java: named groups, POSIX classes, quoted text, flags, and the slashes of JavaScript source. */
function translated(pattern: string): string {
  const slashed = /^\/(.*)\/([a-z]*)$/s.exec(pattern);
  const body = slashed?.[1] ?? pattern;
  const leading = /^(\^?)\(\?([imsu]+)\)/.exec(body);
  // What is neither of these three is the flag `u`, which holds anyway, or concerns only how a text is gone through.
  const flags = [...'ims'].filter((flag) => `${slashed?.[2] ?? ''}${leading?.[2] ?? ''}`.includes(flag)).join('');
  const plain = (leading === null ? body : (leading[1] ?? '') + body.slice(leading[0].length))
    .replaceAll(/\\(?:Q(.*?)(?:\\E|$)|.)/gs, (escape, quoted?: string) =>
      quoted === undefined ? escape : literal(quoted),
    )
    .replaceAll('(?P<', '(?<')
    .replaceAll(/\[:(alpha|digit|alnum|upper|lower|space|xdigit|punct):\]/g, (_, name: string) => posix[name] ?? '')
    .replaceAll(/(?<!\\)([*+?}])\+/g, '$1');
  const tidy = tidyPattern(scopeFlags(plain));
  return flags === '' ? tidy : `(?${flags}:${tidy})`;
}

function literal(text: string): string {
  return text.replaceAll(/[\^$\\.*+?()[\]{}|/]/g, '\\$&');
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
