import { parseClass, parseEscapedSet } from './parse-class.ts';
import { charSet, complement } from './char-set.ts';
import { lineEnds } from './dialects.ts';
import type { RegexNode } from './syntax.ts';
import { UnknownSyntax } from './syntax.ts';

/** A place in a pattern, moved on by the parsers. */
export interface Cursor {
  readonly text: readonly string[];
  at: number;
  groups: number;
}

/** Reads a regular expression that the engine has already accepted. Throws UnknownSyntax for what is not known here. */
export function parseRegex(pattern: string): RegexNode {
  const cursor: Cursor = { text: Array.from(pattern), at: 0, groups: 0 };
  const node = parseChoice(cursor);
  if (cursor.at < cursor.text.length) throw new UnknownSyntax(`unexpected ${cursor.text[cursor.at] ?? ''}`);
  return node;
}

function parseChoice(cursor: Cursor): RegexNode {
  const options = [parseSequence(cursor)];
  while (cursor.text[cursor.at] === '|') {
    cursor.at++;
    options.push(parseSequence(cursor));
  }
  const [only] = options;
  return options.length === 1 && only !== undefined ? only : { kind: 'choice', options };
}

function parseSequence(cursor: Cursor): RegexNode {
  const parts: RegexNode[] = [];
  for (
    let next = cursor.text[cursor.at];
    next !== undefined && next !== '|' && next !== ')';
    next = cursor.text[cursor.at]
  ) {
    parts.push(parseQuantified(cursor));
  }
  return { kind: 'sequence', parts };
}

function parseQuantified(cursor: Cursor): RegexNode {
  const part = parseAtom(cursor);
  const bounds = parseQuantifier(cursor);
  if (bounds === null) return part;
  if (cursor.text[cursor.at] === '?') cursor.at++;
  return { kind: 'repeat', part, min: bounds[0], max: bounds[1] };
}

function parseQuantifier(cursor: Cursor): readonly [number, number] | null {
  const simple: Readonly<Record<string, readonly [number, number]>> = {
    '*': [0, Number.POSITIVE_INFINITY],
    '+': [1, Number.POSITIVE_INFINITY],
    '?': [0, 1],
  };
  const next = cursor.text[cursor.at] ?? '';
  const known = simple[next];
  if (known !== undefined) {
    cursor.at++;
    return known;
  }
  if (next !== '{') return null;
  const match = /^\{(\d+)(?:(,)(\d*))?\}/.exec(cursor.text.slice(cursor.at, cursor.at + 40).join(''));
  if (match === null) return null;
  cursor.at += match[0].length;
  const min = Number(match[1]);
  return [
    min,
    match[2] === undefined
      ? min
      : match[3] === '' || match[3] === undefined
        ? Number.POSITIVE_INFINITY
        : Number(match[3]),
  ];
}

function parseAtom(cursor: Cursor): RegexNode {
  const next = cursor.text[cursor.at++] ?? '';
  if (next === '^') return { kind: 'start' };
  if (next === '$') return { kind: 'end' };
  if (next === '.') return { kind: 'set', set: complement(lineEnds) };
  if (next === '[') return { kind: 'set', set: parseClass(cursor) };
  if (next === '(') return parseGroup(cursor);
  if (next === '\\') return parseEscape(cursor);
  return literal(next);
}

function literal(character: string): RegexNode {
  const point = character.codePointAt(0) ?? 0;
  return { kind: 'set', set: charSet([[point, point]]) };
}

function parseEscape(cursor: Cursor): RegexNode {
  const next = cursor.text[cursor.at] ?? '';
  if (next === 'b' || next === 'B') {
    cursor.at++;
    return { kind: 'boundary' };
  }
  if (/[1-9]/.test(next)) {
    cursor.at++;
    return { kind: 'back', to: Number(next) };
  }
  if (next === 'k' && cursor.text[cursor.at + 1] === '<') {
    const end = cursor.text.indexOf('>', cursor.at);
    const name = cursor.text.slice(cursor.at + 2, end).join('');
    cursor.at = end + 1;
    return { kind: 'back', to: name };
  }
  return { kind: 'set', set: parseEscapedSet(cursor, 'certain') };
}

function parseGroup(cursor: Cursor): RegexNode {
  const opening = cursor.text.slice(cursor.at, cursor.at + 60).join('');
  const look = /^\?(<?)([=!])/.exec(opening);
  if (look !== null) {
    cursor.at += look[0].length;
    return { kind: 'look', ahead: look[1] === '', negative: look[2] === '!', part: closed(cursor) };
  }
  // What fits with its own case, and without line ends for a dot, fits under the flags as well, but for a negated class now and then.
  const plain = /^\?(?:[ims]*(?:-[ims]+)?):/.exec(opening);
  if (plain !== null) {
    cursor.at += plain[0].length;
    return closed(cursor);
  }
  const named = /^\?<([^>]+)>/.exec(opening);
  if (named !== null) cursor.at += Array.from(named[0]).length;
  else if (opening.startsWith('?')) throw new UnknownSyntax(`(${opening.slice(0, 4)}`);
  cursor.groups += 1;
  const index = cursor.groups;
  return { kind: 'group', index, name: named?.[1] ?? null, part: closed(cursor) };
}

function closed(cursor: Cursor): RegexNode {
  const node = parseChoice(cursor);
  if (cursor.text[cursor.at] !== ')') throw new UnknownSyntax('a group without its end');
  cursor.at++;
  return node;
}
