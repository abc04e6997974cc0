/** A place in a text, 1-based. Columns count UTF-16 code units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const excerptWidth = 100;

/** A text with a name, which can say where an offset lies in it. */
export class SourceText {
  readonly name: string;
  readonly text: string;
  #lineStarts: readonly number[] | null = null;

  constructor(name: string, text: string) {
    this.name = name;
    this.text = text;
  }

  position(offset: number): Position {
    const starts = this.#starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  /** The line at the offset with a caret under it. A long line, such as minified JSON, is cut around the place. */
  excerpt(offset: number): string {
    const { line, column } = this.position(offset);
    const start = offset - column + 1;
    const end = lineEnd(this.text, start);
    const from = Math.max(start, Math.min(offset - excerptWidth / 2, end - excerptWidth));
    const shown = visible(this.text.slice(from, Math.min(end, from + excerptWidth)));
    const gutter = String(line);
    const caret = ' '.repeat(Math.max(0, offset - from));
    return `  ${gutter} | ${shown}\n  ${' '.repeat(gutter.length)} | ${caret}^`;
  }

  #starts(): readonly number[] {
    if (this.#lineStarts !== null) return this.#lineStarts;
    const starts = [0];
    for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#lineStarts = starts;
    return starts;
  }
}

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  const end = newline === -1 ? text.length : newline;
  return text[end - 1] === '\r' ? end - 1 : end;
}

/** One column for each character, so that the caret stands right; nothing that a terminal would obey. */
function visible(text: string): string {
  return text.replaceAll('\t', ' ').replaceAll(/\p{Cc}/gu, '·');
}
