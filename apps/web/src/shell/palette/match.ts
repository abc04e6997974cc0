/** How well a text answers a query: higher is better, null when it does not. */
export interface Match {
  readonly score: number;
  /** Indexes of the letters of the text that answer it, ascending. */
  readonly letters: readonly number[];
}

/**
 * Every letter of the query must stand in the text in its order. Letters at the beginning of a word and runs of letters count more, so that
 * `gn` finds "Go to Now" and `sql inj` finds "security/sql-injection". Letter case and blanks in the query do not matter.
 */
export function match(query: string, text: string): Match | null {
  const wanted = query.toLowerCase().replaceAll(/\s+/g, '');
  const given = text.toLowerCase();
  if (wanted === '') return { score: 0, letters: [] };
  const whole = given.indexOf(query.trim().toLowerCase());
  if (whole !== -1) {
    const letters = Array.from({ length: query.trim().length }, (_, index) => whole + index);
    return { score: 1000 + (beginsWord(given, whole) ? 500 : 0) - whole - given.length / 100, letters };
  }
  const letters = lettersOf(wanted, given);
  if (letters === null) return null;
  let score = 0;
  for (const [index, letter] of letters.entries()) {
    if (beginsWord(given, letter)) score += 10;
    if (index > 0 && letter === (letters[index - 1] ?? -2) + 1) score += 6;
  }
  // A query scattered over the text as single letters is chance.
  if (score < wanted.length * 6) return null;
  return { score: score - (letters[0] ?? 0) / 10 - given.length / 100, letters };
}

/** The letters' places, at the beginnings of words where the rest still fits behind. */
function lettersOf(wanted: string, given: string): readonly number[] | null {
  const letters: number[] = [];
  let from = 0;
  for (let index = 0; index < wanted.length; index++) {
    const letter = wanted[index] ?? '';
    const next = given.indexOf(letter, from);
    if (next === -1) return null;
    const better = next === from && index > 0 ? next : atWord(given, letter, next);
    const place = better !== -1 && isWithin(wanted.slice(index + 1), given, better + 1) ? better : next;
    letters.push(place);
    from = place + 1;
  }
  return letters;
}

function atWord(text: string, letter: string, from: number): number {
  for (let place = from; place !== -1; place = text.indexOf(letter, place + 1))
    if (beginsWord(text, place)) return place;
  return -1;
}

function isWithin(wanted: string, text: string, from: number): boolean {
  let place = from - 1;
  for (const letter of wanted) {
    place = text.indexOf(letter, place + 1);
    if (place === -1) return false;
  }
  return true;
}

function beginsWord(text: string, place: number): boolean {
  return place === 0 || !/[\p{L}\p{N}]/u.test(text[place - 1] ?? '');
}
