/**
 * What a text is likely to be by the name of its field, for contracts that say only `type: string` where the backend asks for more. In
 * the order in which they are tried.
 */
const kinds: readonly (readonly [RegExp, (word: string) => string])[] = [
  [/e-?mail/i, (word) => `${word}@example.com`],
  [/(url|uri|website|homepage|link|href|image|avatar|photo)$/i, (word) => `https://example.com/${word}`],
  [/(phone|mobile|telephone|tel|fax)(_?(number|no))?$/i, (word) => `+1415555${digits(word, 4)}`],
  [/(zip|postal|post)_?-?(code)?$/i, () => '12345'],
  [/password|passwd|secret|pin$/i, (word) => `Aa1!${word}`],
  [/(birth|date|day|dob)$|^(birth|date|dob)/i, () => '2024-05-17'],
  [/(time|timestamp|_at|At)$/, () => '2024-05-17T12:30:00Z'],
  [/currency/i, () => 'EUR'],
  [/country/i, () => 'US'],
  [/(locale|language|lang)$/i, () => 'en'],
  [/time_?zone/i, () => 'UTC'],
  [/colou?r/i, () => '#336699'],
  [/(uuid|guid)$/i, (word) => `00000000-0000-4000-8000-${digits(word, 12)}`],
  [/(amount|price|total|balance|quantity|count|age|year|number)$/i, (word) => digits(word, 2)],
];

/** @param place JSON Pointer to the field. @param word occurs nowhere else in the run. */
export function likelyText(place: string, word: string): string | null {
  const name = place.split('/').findLast((part) => !/^\d*$/.test(part)) ?? '';
  return kinds.find(([pattern]) => pattern.test(name))?.[1](word) ?? null;
}

/** Digits that differ as the words do, the first of them not 0. */
export function digits(word: string, length: number): string {
  const sum = Array.from(word).reduce((state, character) => (state * 31 + character.charCodeAt(0)) % 1e12, 7);
  return String(10 ** (length - 1) + (sum % (9 * 10 ** (length - 1))));
}
