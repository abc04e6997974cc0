import { own } from '../../vocabulary/own.ts';

/** Anchors of PCRE, Python, Ruby and Java. Read as escapes that are not needed, they would ask for a letter `A` and a letter `z`. */
const anchors: Readonly<Record<string, string>> = { A: '^', z: '$', Z: '$' };

/**
 * Escapes that mean something elsewhere and nothing here. They stay and spoil the pattern: `\h` is a blank to PCRE and Java, and a hexadecimal
 * digit to Ruby; `\R` is a line end, `\e` a control character, and none of them a letter.
 */
const foreign = /[hHQERXeKGN]/;

/** Java's and PCRE's names for classes, with what ECMAScript calls the same. */
const classes: Readonly<Record<string, string>> = {
  Alnum: '\\p{Alpha}\\p{digit}',
  Blank: ' \\t',
  Digit: '\\p{digit}',
  Punct: '\\p{punct}$+<=>\\^`\\|~',
  Space: '\\s',
  XDigit: '0-9a-fA-F',
};

/**
 * With the flag `u` only syntax characters may be escaped, and must be where they stand for themselves; `\-` outside a class, `\_`, `\"`, `\@` and
 * lone braces are common without it.
 */
export function tidyPattern(pattern: string): string {
  let result = '';
  let inClass = false;
  let isPlain = true;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at] ?? '';
    const next = pattern[at + 1];
    if (character === '\\' && next !== undefined) {
      const escape = readEscape(pattern.slice(at), next, inClass);
      result += escape.read;
      at += escape.length - 1;
    } else if (inClass) {
      // What brackets and `&&` in a class mean, Java, Ruby and ECMAScript do not agree on.
      if (character === '[' || pattern.startsWith('&&', at)) isPlain = false;
      if (character === ']') inClass = false;
      result += character === '-' ? classHyphen(pattern, at) : character;
    } else if (character === '[') {
      inClass = true;
      // An empty class to ECMAScript, and to everybody else one that holds the bracket.
      if (/^\[\^?\]/.test(pattern.slice(at))) isPlain = false;
      result += character;
    } else if (character === '{' && isQuantifier(pattern.slice(at))) {
      const quantifier = pattern.slice(at, pattern.indexOf('}', at) + 1);
      result += quantifier;
      at += quantifier.length - 1;
    } else result += isLone(character, isPlain) ? `\\${character}` : character;
  }
  return result;
}

function readEscape(rest: string, next: string, inClass: boolean): { readonly read: string; readonly length: number } {
  const named = /^\\(?:p\{(\w+)\}|[pPu]\{[^}]*\})/.exec(rest);
  if (named !== null) {
    const name = named[1] ?? '';
    const members = own(classes, name);
    const read = members === undefined ? named[0] : inClass ? members : `[${members}]`;
    return { read, length: named[0].length };
  }
  const needed = inClass ? /[\^$\\.*+?()[\]{}|/\-bdDsSwWnrtfvcxupPk0-9]/ : /[\^$\\.*+?()[\]{}|/bBdDsSwWnrtfvcxupPk0-9]/;
  if (foreign.test(next) || needed.test(next)) return { read: `\\${next}`, length: 2 };
  return { read: inClass ? next : (anchors[next] ?? next), length: 2 };
}

/** `{,3}` is three at most to Python and Ruby and itself to the others: it stays, and spoils the pattern. */
function isQuantifier(rest: string): boolean {
  return /^\{\d*,?\d*\}/.test(rest) && !/^\{,?\}/.test(rest);
}

function isLone(character: string, isPlain: boolean): boolean {
  return character === '{' || character === '}' || (character === ']' && isPlain);
}

/** A hyphen beside `\w` or `\d` stands for itself; with the flag `u` it must say so. */
function classHyphen(pattern: string, at: number): string {
  const before = pattern.slice(at - 2, at);
  const after = pattern.slice(at + 1, at + 3);
  return /\\[dDsSwW]/.test(before) || /\\[dDsSwW]/.test(after) ? '\\-' : '-';
}
