/** A history that cannot be read or makes no sense: where, what was expected, what stood there. The caller's mistake, never a verdict. */
export class HistoryError extends Error {
  /** 1-based line in the text it was read from; null when it did not come from a text. */
  readonly line: number | null;
  readonly expected: string;

  constructor(line: number | null, expected: string, found: string) {
    super(`${line === null ? '' : `line ${line}: `}expected ${expected}, found ${found}`);
    this.name = 'HistoryError';
    this.line = line;
    this.expected = expected;
  }
}
