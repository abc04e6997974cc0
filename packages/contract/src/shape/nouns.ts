const irregular: Readonly<Record<string, string>> = {
  people: 'person',
  children: 'child',
  men: 'man',
  women: 'woman',
  mice: 'mouse',
  geese: 'goose',
  feet: 'foot',
  teeth: 'tooth',
  indices: 'index',
  matrices: 'matrix',
  vertices: 'vertex',
  appendices: 'appendix',
  criteria: 'criterion',
  phenomena: 'phenomenon',
  analyses: 'analysis',
  quizzes: 'quiz',
  oxen: 'ox',
};

/** `fromAccountId`, `from_account_id` and `from-account-id` are the same words; so are `APIKey` and `api_key`. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/**
 * Whether two names, such as `line-items` and `lineItem`, name the same thing in singular or plural. English spelling does not tell the
 * singular for certain (`statuses`, `houses`), so every possible one is tried: what matters is only whether two names can meet.
 */
export function isSameNoun(a: string, b: string): boolean {
  return haveSameNoun(wordsOf(a), wordsOf(b));
}

export function haveSameNoun(a: readonly string[], b: readonly string[]): boolean {
  const keys = nounKeys(a);
  return nounKeys(b).some((key) => keys.includes(key));
}

/** Two names have the same noun when they have one of these in common. */
export function nounKeys(words: readonly string[]): readonly string[] {
  const last = words.at(-1);
  return last === undefined
    ? []
    : possibleSingulars(last).map((singular) => [...words.slice(0, -1), singular].join(' '));
}

export function isPlural(name: string): boolean {
  const last = wordsOf(name).at(-1) ?? '';
  return Object.hasOwn(irregular, last) || (/[^s]s$/.test(last) && !/(?:us|is)$/.test(last));
}

function possibleSingulars(word: string): readonly string[] {
  const known = Object.hasOwn(irregular, word) ? irregular[word] : undefined;
  if (known !== undefined) return [known];
  const found = [word];
  if (/[^s]s$/.test(word) && word.length > 2) found.push(word.slice(0, -1));
  if (/(?:[sxz]|ch|sh|o)es$/.test(word)) found.push(word.slice(0, -2));
  if (word.endsWith('ies') && word.length > 4) found.push(`${word.slice(0, -3)}y`);
  if (word.endsWith('ves')) found.push(`${word.slice(0, -3)}f`, `${word.slice(0, -3)}fe`);
  return found;
}
