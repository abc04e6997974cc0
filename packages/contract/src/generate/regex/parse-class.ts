import type { Cursor } from './parse.ts';
import { charSet, complement } from './char-set.ts';
import { opposite, property, shorthand, type Side } from './dialects.ts';
import type { CharSet } from './syntax.ts';
import { UnknownSyntax } from './syntax.ts';

/** Reads a class such as `[^a-z\d]`; the cursor stands behind its opening bracket. */
export function parseClass(cursor: Cursor): CharSet {
  const negated = cursor.text[cursor.at] === '^';
  if (negated) cursor.at++;
  // What no dialect takes for a member is outside of what any does.
  const side = negated ? 'possible' : 'certain';
  const ranges: (readonly [number, number])[] = [];
  while (cursor.text[cursor.at] !== ']') {
    if (cursor.at >= cursor.text.length) throw new UnknownSyntax('a class without its end');
    const first = parseMember(cursor, side);
    const single = first.length === 1 && first[0] !== undefined && first[0][0] === first[0][1] ? first[0][0] : null;
    if (single !== null && cursor.text[cursor.at] === '-' && cursor.text[cursor.at + 1] !== ']') {
      cursor.at++;
      const last = parseMember(cursor, side);
      const end = last.length === 1 && last[0] !== undefined && last[0][0] === last[0][1] ? last[0][0] : null;
      if (end !== null) ranges.push([single, end]);
      // `[\w-.]` without the Unicode flag: the hyphen stands for itself.
      else ranges.push([single, single], [0x2d, 0x2d], ...last);
    } else ranges.push(...first);
  }
  cursor.at++;
  const set = charSet(ranges);
  return negated ? complement(set) : set;
}

function parseMember(cursor: Cursor, side: Side): CharSet {
  const next = cursor.text[cursor.at++] ?? '';
  if (next === '\\') {
    if (cursor.text[cursor.at] === 'b') {
      cursor.at++;
      return charSet([[8, 8]]);
    }
    return parseEscapedSet(cursor, side);
  }
  const point = next.codePointAt(0) ?? 0;
  return charSet([[point, point]]);
}

const controls: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, v: 11, f: 12, '0': 0 };

/** Reads what follows a backslash and stands for characters. */
export function parseEscapedSet(cursor: Cursor, side: Side): CharSet {
  const next = cursor.text[cursor.at++] ?? '';
  const set = shorthand(next, side);
  if (set !== undefined) return set;
  const control = controls[next];
  if (control !== undefined) return charSet([[control, control]]);
  if (next === 'p' || next === 'P') {
    const named = /^\{([^}]+)\}/.exec(rest(cursor));
    if (named?.[1] !== undefined) {
      cursor.at += named[0].length;
      return next === 'P' ? complement(property(named[1], opposite[side])) : property(named[1], side);
    }
  }
  const hex =
    next === 'x'
      ? /^([0-9a-fA-F]{2})/.exec(rest(cursor))
      : next === 'u'
        ? /^(?:([0-9a-fA-F]{4})|\{([0-9a-fA-F]+)\})/.exec(rest(cursor))
        : null;
  if (hex !== null) {
    cursor.at += hex[0].length;
    const point = surrogatePair(cursor, Number.parseInt(hex[1] ?? hex[2] ?? '0', 16));
    return charSet([[point, point]]);
  }
  if (next === 'c' && /[a-zA-Z]/.test(cursor.text[cursor.at] ?? '')) {
    const point = (cursor.text[cursor.at++] ?? '').charCodeAt(0) % 32;
    return charSet([[point, point]]);
  }
  const point = next.codePointAt(0) ?? 0;
  return charSet([[point, point]]);
}

/** `\ud83d\ude00` is one character. */
function surrogatePair(cursor: Cursor, high: number): number {
  if (high < 0xd800 || high > 0xdbff) return high;
  const low = /^\\u(d[c-f][0-9a-f]{2})/i.exec(rest(cursor));
  if (low?.[1] === undefined) return high;
  cursor.at += low[0].length;
  return (high - 0xd800) * 0x400 + (Number.parseInt(low[1], 16) - 0xdc00) + 0x10000;
}

function rest(cursor: Cursor): string {
  return cursor.text.slice(cursor.at, cursor.at + 60).join('');
}
