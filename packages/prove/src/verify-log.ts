import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { Fault } from '@assay/contract';

interface Line {
  readonly key: string;
  readonly result: unknown;
}

/**
 * Results of a verification that were as they should be, a line of JSON each, so that one which was interrupted goes on where it was, and one
 * that failed judges again what had failed. A key stands for everything that a result depends on: it is found again only while nothing of that has changed.
 */
export class VerifyLog {
  readonly #file: string;
  readonly #results = new Map<string, unknown>();

  /** Reads what the file holds; it need not exist yet. Throws the fault `bad-usage`. */
  constructor(file: string) {
    this.#file = file;
    if (!existsSync(file)) return;
    const lines = readFileSync(file, 'utf8').split('\n');
    for (const [index, text] of lines.entries()) {
      if (text === '') continue;
      const line = parse(text);
      // The last line may have been cut off with the process.
      if (line === null && index === lines.length - 1) continue;
      if (line === null)
        throw new Fault(
          'bad-usage',
          `${file} was not written by an earlier verification: line ${index + 1} is no result.`,
          'Name another file, or delete this one.',
        );
      this.#results.set(line.key, line.result);
    }
  }

  /** The result for that key: the earlier one, or what `work` comes to, which is kept, when it is worth keeping, before it is returned. */
  async remember<T>(key: string, work: () => Promise<T>, isWhole: (result: T) => boolean): Promise<T> {
    const known = this.#results.get(key);
    // A key holds the kind of the result, so it is of that type.
    if (known !== undefined) return known as T;
    const result = await work();
    if (!isWhole(result)) return result;
    appendFileSync(this.#file, `${JSON.stringify({ key, result } satisfies Line)}\n`);
    this.#results.set(key, result);
    return result;
  }
}

function parse(text: string): Line | null {
  try {
    const line: unknown = JSON.parse(text);
    if (typeof line !== 'object' || line === null || !('key' in line) || !('result' in line)) return null;
    return typeof line.key === 'string' ? { key: line.key, result: line.result } : null;
  } catch {
    return null;
  }
}
