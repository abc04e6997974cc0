/** What a value may hold at most. A few lines of a contract can ask for gigabytes, and no backend is judged by those. */
export const mostCharacters = 100_000;
/** A text by a pattern is put together character by character. */
export const mostByPattern = 20_000;
/** Items of one array, or properties of one object, that a schema may ask for. */
export const mostParts = 20_000;

/** Each part counts as so many characters. */
const sizeOfPart = 100;
const mostSize = 2_000_000;

/** How large the values are that were made so far, counted up: in characters. */
export interface Spent {
  size: number;
}

/** Counts one part more; whether that is too much. */
export function isSpent(spent: Spent): boolean {
  spent.size += sizeOfPart;
  return spent.size > mostSize;
}
