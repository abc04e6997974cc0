import { StringDecoder } from 'node:string_decoder';

export interface LimitedOutput {
  readonly text: string;
  readonly dropped: { readonly lines: number; readonly bytes: number } | null;
}

const windowBytes = 64 * 1024;
const tailBytes = 4 * 1024;
/** A backend that prints faster than this in one window has to wait for the next, so that reading does not take a core from it and us. */
const readBytes = 4 * 1024 * 1024;

/**
 * Passes on what a stream prints, up to 64 KiB until `nextWindow` is called; of what comes beyond that only the end is kept, because the last
 * lines before a crash are the ones that matter. Dropping costs a count of line ends and nothing else.
 */
export class OutputLimiter {
  readonly #emit: (output: LimitedOutput) => void;
  readonly #decoder = new StringDecoder('utf8');
  #room = windowBytes;
  #read = 0;
  #tail: Buffer = Buffer.alloc(0);
  #dropped = { lines: 0, bytes: 0 };

  constructor(emit: (output: LimitedOutput) => void) {
    this.#emit = emit;
  }

  /** False when nothing more should be read before `nextWindow`. */
  write(chunk: Buffer): boolean {
    this.#read += chunk.length;
    if (this.#room >= chunk.length && this.#tail.length === 0) {
      this.#room -= chunk.length;
      this.#pass(chunk);
      return this.#read < readBytes;
    }
    const passed = this.#tail.length === 0 ? chunk.subarray(0, this.#room) : chunk.subarray(0, 0);
    this.#room = 0;
    if (passed.length > 0) this.#pass(passed);
    const held = Buffer.concat([this.#tail, chunk.subarray(passed.length)]);
    const cut = Math.max(0, held.length - tailBytes);
    this.#dropped.lines += countLines(held, cut);
    this.#dropped.bytes += cut;
    this.#tail = Buffer.from(held.subarray(cut));
    return this.#read < readBytes;
  }

  /** Gives out the end of what was held back, and makes room again. */
  nextWindow(): void {
    this.#room = windowBytes;
    this.#read = 0;
    if (this.#tail.length === 0) return;
    const dropped = this.#dropped.bytes === 0 ? null : this.#dropped;
    const tail = this.#tail;
    this.#tail = Buffer.alloc(0);
    this.#dropped = { lines: 0, bytes: 0 };
    this.#emit({ text: this.#decoder.write(tail), dropped });
  }

  end(): void {
    this.nextWindow();
    const rest = this.#decoder.end();
    if (rest !== '') this.#emit({ text: rest, dropped: null });
  }

  #pass(bytes: Buffer): void {
    const text = this.#decoder.write(bytes);
    if (text !== '') this.#emit({ text, dropped: null });
  }
}

/** A plain loop: `indexOf` from line to line is twenty times slower when lines are short, as those of `yes` are. */
function countLines(bytes: Buffer, until: number): number {
  let lines = 0;
  for (let at = 0; at < until; at += 1) if (bytes[at] === 10) lines += 1;
  return lines;
}
