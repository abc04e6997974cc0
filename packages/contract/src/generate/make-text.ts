import type { Source } from './source.ts';
import { words } from './words.ts';

/** Characters that text goes wrong with, by kind. The simple ones stand first. */
const asciiUnits = [...'abcdefghijklmnopqrstuvwxyz', ...'ABCXYZ0189', ...' -_.:,+*()!?#@', ...`'"\`<>&%$\\/{}[]|~^=;`];
const unicodeUnits = [
  ...'éüßøñçÅžğıİŁ',
  ...'αβγΩдйЖצ',
  ...'漢字かなカナ한글',
  ...'ไทยहिन्दी',
  '\u05d0\u05d1',
  'مرحبا',
  '\u202e',
  '\u200f',
  '\u200b',
  '\u200d',
  '\ufeff',
  '\u00a0',
  '\u2028',
  'e\u0301',
  'n\u0303',
  'o\u0308\u0323',
  '\u1100\u1161\u11a8',
  'ﬁ',
  'Ǆ',
  'ſ',
  '\ud83d\ude00',
  '\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67',
  '\ud83c\uddeb\ud83c\uddf7',
  '\u2764\ufe0f',
  '\ud835\udd38',
  '\ud842\udfb7',
  '\udb40\udd00',
  '\udbc0\udc01',
  '\t',
  '\n',
  '\r\n',
  '\u0001',
  '\u001f',
  '\u007f',
  '\u0085',
  '\u2026',
  '€',
  '½',
  '٣',
  '१',
];
const units = {
  ascii: asciiUnits,
  unicode: unicodeUnits,
  mixed: [...asciiUnits.slice(0, 40), ...unicodeUnits],
} as const;

/** Whole strings that code tends to treat in a special way. */
const telling = [
  'null',
  'undefined',
  'NaN',
  'true',
  '0',
  '-1',
  '[]',
  '{}',
  "O'Brien",
  '"quoted"',
  '<b>bold</b>',
  '100%',
  'a\\b',
  'a,b;c|d',
  '  padded  ',
  '__proto__',
  'constructor',
  '%20',
  '${x}',
  '{{x}}',
  '1e3',
  '007',
  '２３',
];

/** A string of exactly `length` code points with all that Unicode has. */
export function wildText(source: Source, length: number, ascii: boolean): string {
  const pool = ascii ? units.ascii : units[source.pick(['ascii', 'unicode', 'mixed', 'unicode'] as const)];
  // A long string repeats a piece: making each character anew would take longer than sending it.
  const points: string[] = [];
  const piece = Math.min(length, 64);
  while (points.length < piece) points.push(...source.pick(pool));
  points.length = piece;
  const text = points.join('');
  if (length === piece) return text;
  return text.repeat(Math.floor(length / piece)) + points.slice(0, length % piece).join('');
}

export function tellingText(source: Source): string {
  return source.pick(telling);
}

/** A few ordinary words with a number, between the bounds in length, without spaces at its ends. */
export function plainText(source: Source, min: number, max: number): string {
  if (max <= 0) return '';
  let text: string = source.pick(words);
  const extra = source.int(0, 2);
  for (let index = 0; index < extra; index++) text += ` ${source.pick(words)}`;
  if (extra > 0) text += ` ${source.int(1, 9999)}`;
  while (text.length < min) text += ` ${source.pick(words)}`;
  if (text.length <= max) return text;
  const cut = text.slice(0, max);
  return cut.endsWith(' ') ? `${cut.slice(0, -1)}s` : cut;
}
