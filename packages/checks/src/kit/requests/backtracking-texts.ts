import type { TextInput } from './text-inputs.ts';

/** A text that grows: a beginning, something many times over, and an end that does not fit. */
export interface GrowingText {
  readonly before: string;
  readonly pump: string;
  readonly after: string;
}

/** Of about that many characters. */
export function grown({ before, pump, after }: GrowingText, length: number): string {
  const times = Math.max(1, Math.floor((length - before.length - after.length) / pump.length));
  return before + pump.repeat(times) + after;
}

const email = /e-?mail|@/i;
const url = /ur[il]|link|href|site|image|avatar|photo|http/i;

const general: readonly GrowingText[] = [
  { before: '', pump: 'a', after: '!' },
  { before: 'a', pump: '-a', after: '!' },
  { before: '', pump: '1', after: 'x!' },
  { before: 'a', pump: ' ', after: '!' },
  { before: '', pump: 'a.', after: '!' },
  { before: '', pump: 'a ', after: '!' },
];
const ofEmail: readonly GrowingText[] = [
  { before: 'a@', pump: 'a.', after: '!' },
  { before: 'a@', pump: 'a', after: '!' },
  { before: '', pump: 'a', after: '@' },
  { before: 'a@a.', pump: 'a-', after: '!' },
  { before: '', pump: 'a.', after: '@a!' },
];
const ofUrl: readonly GrowingText[] = [
  { before: 'https://', pump: 'a.', after: '!' },
  { before: 'https://a.aa/', pump: 'a/', after: ' ' },
  { before: 'https://a.aa', pump: '/a', after: '!' },
  { before: 'https://', pump: 'a', after: '!' },
  { before: 'https://', pump: 'a-', after: '!' },
];

/** What careless patterns of that kind run wild on: nested and neighbouring repetitions that meet the same characters, and an end that refuses. */
export function growingTexts({ name, schema }: TextInput): readonly GrowingText[] {
  const told = `${name} ${String(schema['format'] ?? '')} ${String(schema['pattern'] ?? '')}`;
  if (email.test(told)) return [...ofEmail, ...general.slice(0, 2)];
  if (url.test(told)) return [...ofUrl, ...general.slice(0, 2)];
  return general;
}

/** Of that length, and refused by nearly every pattern at its first character. */
export function harmless(length: number): string {
  return '~'.repeat(length);
}
