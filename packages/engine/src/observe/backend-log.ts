import type { OutputLine } from '../backend.ts';
import { lineSplitter } from '../build/output-lines.ts';
import { LogRing } from './log-ring.ts';

type Stream = OutputLine['stream'];

/** What a backend prints, as lines: kept, and passed on. */
export class BackendLog {
  readonly #ring = new LogRing();
  readonly #onOutput: (line: OutputLine) => void;
  #splitters = new Map<Stream, ReturnType<typeof lineSplitter>>();
  source: OutputLine['source'] = 'backend';

  constructor(onOutput: (line: OutputLine) => void) {
    this.#onOutput = onOutput;
  }

  write(stream: Stream, text: string, dropped: { readonly lines: number; readonly bytes: number } | null): void {
    if (dropped !== null) {
      this.#splitter(stream).end();
      this.#splitters.delete(stream);
      this.#add(
        stream,
        `… ${dropped.lines.toLocaleString('en')} lines (${dropped.bytes.toLocaleString('en')} bytes) printed too fast were not kept`,
      );
    }
    this.#splitter(stream).write(Buffer.from(text));
  }

  /** Ends the last lines, when the process that printed them has ended. */
  end(): void {
    for (const splitter of this.#splitters.values()) splitter.end();
    this.#splitters = new Map();
  }

  lines(): readonly string[] {
    return this.#ring.lines();
  }

  last(count: number): readonly string[] {
    return this.#ring.last(count);
  }

  #splitter(stream: Stream): ReturnType<typeof lineSplitter> {
    let splitter = this.#splitters.get(stream);
    if (splitter === undefined) {
      splitter = lineSplitter((line) => this.#add(stream, line));
      this.#splitters.set(stream, splitter);
    }
    return splitter;
  }

  #add(stream: Stream, line: string): void {
    this.#ring.add(line);
    this.#onOutput({ source: this.source, stream, line });
  }
}
