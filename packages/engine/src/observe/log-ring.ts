/** The last lines that a backend printed, newest last, in bounded memory. */
export class LogRing {
  readonly #maxLines: number;
  readonly #maxCharacters: number;
  #lines: string[] = [];
  #from = 0;
  #characters = 0;

  constructor(maxLines = 1_000, maxCharacters = 256 * 1024) {
    this.#maxLines = maxLines;
    this.#maxCharacters = maxCharacters;
  }

  add(line: string): void {
    this.#lines.push(line);
    this.#characters += line.length;
    while (this.#lines.length - this.#from > this.#maxLines || this.#characters > this.#maxCharacters) {
      this.#characters -= this.#lines[this.#from]?.length ?? 0;
      this.#from += 1;
    }
    // Taking from the front of an array moves all the others: done once in a while.
    if (this.#from > this.#maxLines) {
      this.#lines = this.#lines.slice(this.#from);
      this.#from = 0;
    }
  }

  lines(): readonly string[] {
    return this.#lines.slice(this.#from);
  }

  last(count: number): readonly string[] {
    return this.#lines.slice(Math.max(this.#from, this.#lines.length - count));
  }
}
