import type { Answer, Shown } from '@assay/practice';

/** The answer in the form that marking asks for. */
export function parsed(shown: Shown, text: string): Answer {
  const words = wordsOf(text);
  if (shown.form === 'options') return numbersOf(words);
  if (shown.form === 'order') return words.map(Number);
  if (shown.form === 'evidence')
    return shown.options === null || words.length !== 1 ? text.trim() : numberOf(words[0] ?? '');
  return text;
}

/** What keeps a line from being an answer at all, such as a letter that is not among the options; null when it is one, right or wrong. */
export function slipIn(shown: Shown, line: string): string | null {
  const words = wordsOf(line);
  switch (shown.form) {
    case 'options':
      return within(numbersOf(words), shown.options.length) && (shown.several || words.length === 1)
        ? null
        : lettersUpTo(shown.options.length, shown.several);
    case 'order': {
      const numbers = words.map(Number);
      return within(numbers, shown.items.length) && new Set(numbers).size === shown.items.length
        ? null
        : `All ${shown.items.length} numbers, each once, from the first to the last.`;
    }
    case 'line': {
      const last = shown.firstLine + shown.code.trimEnd().split('\n').length - 1;
      const number = Number(line);
      return line.trim() === 'none' || (Number.isInteger(number) && number >= shown.firstLine && number <= last)
        ? null
        : `The number of a line, from ${shown.firstLine} to ${last}, or none.`;
    }
    case 'evidence':
      if (shown.options !== null)
        return words.length === 1 && within(numbersOf(words), shown.options.length)
          ? null
          : lettersUpTo(shown.options.length, false);
      return /^\d+$/.test(line.trim()) ? null : 'A whole number.';
    case 'files':
      return 'Write :edit to mend the files in your editor, or @folder with the folder in which you have mended them.';
    default:
      return null;
  }
}

function wordsOf(text: string): readonly string[] {
  return text
    .trim()
    .split(/[\s,]+/)
    .filter((word) => word !== '');
}

/** `a c`, `ac` and `1 3` are the same. */
function numbersOf(words: readonly string[]): readonly number[] {
  return words.flatMap((word) =>
    word.length === 1 || /^\d+$/.test(word) ? [numberOf(word)] : word.split('').map(numberOf),
  );
}

/** a is 1, b is 2; a number is itself. */
function numberOf(word: string): number {
  return /^\d+$/.test(word) ? Number(word) : (word.toLowerCase().codePointAt(0) ?? 96) - 96;
}

function within(numbers: readonly number[], last: number): boolean {
  return numbers.length > 0 && numbers.every((number) => Number.isInteger(number) && number >= 1 && number <= last);
}

function lettersUpTo(count: number, several: boolean): string {
  const last = String.fromCodePoint(96 + count);
  return several ? `Letters from a to ${last}, such as a c.` : `One letter, from a to ${last}.`;
}
