import type { MessageViolation } from './message-validator.ts';

/** Types whose white space is collapsed before it is looked at (XML Schema, part 2, 4.3.6); libxml2 takes some of it for a part of the value. */
const blanks =
  /'([^]*)' is not a valid value of the atomic type 'xs:(?:date|dateTime|time|duration|gYear|gYearMonth|gMonth|gMonthDay|gDay)'$/;
const pattern = /^Element [^]*?\[facet 'pattern'\] The value '([^]*)' is not accepted by the pattern '([^]*)'$/;
const atomic = /'([^]*)' is not a valid value of the (?:atomic|union|list) type /;

/** Violations without those that libxml2 sees where there are none. The table of letters behind its `\p{L}` has but the first and the last of Han and Hangul. */
export function lessMistaken(violations: readonly MessageViolation[]): readonly MessageViolation[] {
  const unjudged = new Set(violations.flatMap(({ message }) => letters(message) ?? []));
  return violations.filter(({ message }) => {
    const value = blanks.exec(message)?.[1];
    if (value !== undefined && value !== value.trim()) return false;
    return letters(message) === null && !unjudged.has(atomic.exec(message)?.[1] ?? '');
  });
}

/** The value of which a pattern of letters says nothing; null for every other violation. */
function letters(message: string): string | null {
  const [, value = '', said = ''] = pattern.exec(message) ?? [];
  return /\\[pP]\{L/.test(said) && /[\p{Script=Han}\p{Script=Hangul}]/u.test(value) ? value : null;
}
