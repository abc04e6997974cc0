import { type Contract, type Json, type Operation, type Random, type RequestCase, valueAt } from '@assay/contract';
import { hash } from './cases.ts';
import { isValidBody, stringPlaces } from './json-body.ts';
import { digits, likelyText } from './likely-texts.ts';
import { pinned } from './pin.ts';

export interface UniqueTextsOptions {
  /** Which texts are changed; all when left out. */
  readonly which?: (place: string, text: string) => boolean;
  /** Prefer what a field's name makes likely: an address for `email`. */
  readonly likely?: boolean;
}

/**
 * The case with every free text in its body made unlike any other in the run, as far as the schema allows: what a unique column refuses
 * the second time is then new. A long text keeps its length, which may be what the case is about.
 */
export function withUniqueTexts(
  { contract, random }: { readonly contract: Contract; readonly random: Pick<Random, 'unique'> },
  operation: Operation,
  request: RequestCase,
  { which = () => true, likely = false }: UniqueTextsOptions = {},
): RequestCase {
  const body = request.body?.value as Json | undefined;
  if (body === undefined || typeof body === 'string') return request;
  return stringPlaces(body).reduce((changed, place) => {
    const text = String(valueAt(body, place));
    if (!which(place, text)) return changed;
    const word = random.unique('u');
    const better = likely ? likelyText(place, word) : null;
    const options = [...(better === null ? [] : [better]), ...variants(text, word)].map((variant) =>
      pinned(changed, `body:${place}`, variant),
    );
    return options.find((option) => isValidBody(contract, operation, option.body?.value as Json)) ?? changed;
  }, request);
}

/** How many digits at the end of a number are made new. */
const varied = 9;
/** How many digits a code may have at its end, the most first. */
const codeDigits = [8, 6, 5, 4];

/** Characters of an address before its sign. */
const mostLocal = 64;

function variants(text: string, word: string): readonly string[] {
  if (text.includes('@')) {
    // An address has 64 characters before its sign at most (RFC 5321); a long one stays as long.
    const [local = '', ...domain] = text.split('@');
    const longer = `${local}.${word}`.length > mostLocal ? local.slice(0, local.length - word.length) : `${local}.`;
    return [`${longer}${word}@${domain.join('@')}`, `${word}@example.com`];
  }
  const characters = Array.from(text);
  const rest = characters.length - word.length;
  const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/?#\s]+/i.exec(text)?.[0];
  return [
    // Another host might be none: what differs is the path.
    ...(origin !== undefined && rest <= origin.length ? [`${origin}/${word}`] : []),
    ...(rest > 0 ? [characters.slice(0, rest).join('') + word] : []),
    `${text} ${word}`,
    `${text}-${word}`,
    `${text}${word}`,
    word,
    ...(/[a-z]/.test(text) ? [] : [`${text}${word}`.toUpperCase(), word.toUpperCase()]),
    // A number by which things are known, such as an ISBN or a tax number; its beginning may be bound to be what it is.
    ...renumbered(text, word),
  ];
}

/** `9780000000002`, `DE123456789` and `AB-12` with other digits at the end. */
function renumbered(text: string, word: string): readonly string[] {
  const long = /^[^\d\s-]*(\d{6,})$/.exec(text)?.[1];
  const coded = /^(\D*[A-Za-z][-_/.]?)\d+$/.exec(text)?.[1];
  return [
    ...(long === undefined
      ? []
      : [text.slice(0, -Math.min(varied, long.length)) + digits(word, Math.min(varied, long.length))]),
    ...(coded === undefined ? [] : codeDigits.map((length) => coded + digits(word, length))),
    ...reshaped(text, word),
  ];
}

/** Characters that a code has at most. */
const longestCode = 16;

/** `BER-01` as another code of the same form, where its pattern has room for nothing else. What has no digit may have to be one of a few. */
function reshaped(text: string, word: string): readonly string[] {
  const isCode = /[A-Za-z]/.test(text) && /\d/.test(text) && !/\s|\d:\d|^\d{4}-\d\d/.test(text);
  if (!isCode || text.length > longestCode) return [];
  const draw = (index: number, among: string): string =>
    among.charAt(Math.abs(hash(`${index} ${word}`)) % among.length);
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const other = Array.from(text, (character, index) => {
    if (/\d/.test(character)) return draw(index, '123456789');
    if (/[a-z]/.test(character)) return draw(index, letters);
    return /[A-Z]/.test(character) ? draw(index, letters).toUpperCase() : character;
  });
  return [other.join('')];
}
