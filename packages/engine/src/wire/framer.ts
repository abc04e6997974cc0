import { headerBytes, longestInspected, longestMessage } from './protocol.ts';

/** Pass the message on. */
export const pass = 0;
/** Pass it on together with the next message that passes: the peer would not answer earlier anyway. */
export const defer = 1;
/** Keep it, and everything behind it, until `resume` is called. */
export const block = 2;
export const drop = 3;
/** Pass on `replacement` in its place. */
export const replace = 4;
/** Break the connection in front of it. */
export const cut = 5;
export type Verdict = typeof pass | typeof defer | typeof block | typeof drop | typeof replace | typeof cut;

export interface MessageReader {
  /** How many bytes of the message `read` must see, header included; 0 when there is no such message. */
  wanted(type: number, total: number): number;
  /** The message stands in `buffer` from `start` to `end`; `end` is early when it is longer than what was wanted. */
  read(type: number, buffer: Buffer, start: number, end: number): Verdict;
  /** What stands in for a message whose verdict was `replace`. */
  readonly replacement: Buffer;
}

export interface FramerOutput {
  write(bytes: Buffer): void;
  cut(): void;
  /** The peer does not speak the protocol. */
  violated(): void;
}

/**
 * Finds message boundaries in a byte stream and passes the bytes on as the reader decides. Bytes are never copied while whole
 * messages arrive and all of them pass: the chunk goes on as it came.
 */
export class Framer {
  readonly #reader: MessageReader;
  readonly #output: FramerOutput;
  /** The beginning of a message of which `#needed` bytes must be there before it can be decided on. */
  #partial: Buffer[] = [];
  #partialBytes = 0;
  #needed = 0;
  /** Bytes still to come of a message that was decided on. */
  #rest = 0;
  #droppingRest = false;
  #deferred: Buffer[] = [];
  #deferredBytes = 0;
  /** From the blocked message on; null when nothing is blocked. */
  #backlog: Buffer[] | null = null;
  #backlogBytes = 0;
  #stopped = false;

  constructor(reader: MessageReader, output: FramerOutput) {
    this.#reader = reader;
    this.#output = output;
  }

  get blocked(): boolean {
    return this.#backlog !== null;
  }

  /** Whether only a part of a message has been passed on so far. */
  get inMessage(): boolean {
    return this.#rest > 0;
  }

  /** Bytes that wait behind a blocked message. */
  get backlogBytes(): number {
    return this.#backlog === null ? 0 : this.#backlogBytes;
  }

  push(chunk: Buffer): void {
    if (this.#stopped || chunk.length === 0) return;
    if (this.#backlog !== null) {
      this.#backlog.push(chunk);
      this.#backlogBytes += chunk.length;
      return;
    }
    if (this.#partialBytes === 0) {
      this.#scan(chunk, null);
      return;
    }
    this.#partial.push(chunk);
    this.#partialBytes += chunk.length;
    if (this.#partialBytes < this.#needed) return;
    this.#scan(this.#takePartial(), null);
  }

  /** Goes on with the blocked message. */
  resume(verdict: Verdict): void {
    if (this.#stopped || this.#backlog === null) return;
    const buffer = joined(this.#backlog);
    this.#backlog = null;
    this.#backlogBytes = 0;
    this.#scan(buffer, verdict);
  }

  /** The stream has ended: what is left of it, an incomplete message, goes on as it is. */
  end(): void {
    if (this.#stopped) return;
    this.#writeDeferred();
    const left = this.#takePartial();
    this.#emit(left, 0, left.length);
    this.stop();
  }

  /** Forgets everything; nothing is passed on any more. */
  stop(): void {
    this.#stopped = true;
    this.#partial = [];
    this.#partialBytes = 0;
    this.#deferred = [];
    this.#backlog = null;
  }

  #scan(buffer: Buffer, decided: Verdict | null): void {
    const length = buffer.length;
    /** Everything between `from` and `position` passes; from `deferFrom` on it waits for the next that passes. */
    let from = 0;
    let position = 0;
    let deferFrom = -1;
    let verdict = decided;
    if (this.#rest > 0) {
      position = Math.min(this.#rest, length);
      this.#rest -= position;
      if (this.#droppingRest) from = position;
    }
    while (position < length) {
      const available = length - position;
      let needed = headerBytes;
      if (available >= headerBytes) {
        const type = buffer[position] ?? 0;
        const total = buffer.readInt32BE(position + 1) + 1;
        needed = total < headerBytes || total > longestMessage ? 0 : this.#reader.wanted(type, total);
        if (needed === 0) {
          this.#emit(buffer, from, position);
          this.stop();
          this.#output.violated();
          return;
        }
        if (available >= needed) {
          const end = Math.min(length, position + total);
          verdict ??= this.#reader.read(type, buffer, position, end);
          if (this.#stopped) return;
          const rest = position + total - end;
          if (verdict === defer && (rest > 0 || this.#deferredBytes > longestInspected)) verdict = pass;
          if (verdict === pass) {
            deferFrom = -1;
          } else if (verdict === defer) {
            if (deferFrom < 0) deferFrom = position;
          } else {
            if (deferFrom >= 0 && verdict !== replace) {
              this.#emit(buffer, from, deferFrom, buffer.subarray(deferFrom, position));
            } else {
              this.#emit(buffer, from, position);
            }
            deferFrom = -1;
            if (verdict === block) {
              this.#backlog = [buffer.subarray(position)];
              this.#backlogBytes = available;
              return;
            }
            if (verdict === cut) {
              this.stop();
              this.#output.cut();
              return;
            }
            if (verdict === replace) {
              this.#writeDeferred();
              this.#output.write(this.#reader.replacement);
            }
            from = end;
          }
          this.#rest = rest;
          this.#droppingRest = verdict === drop || verdict === replace;
          verdict = null;
          position = end;
          continue;
        }
      }
      this.#partial = [buffer.subarray(position)];
      this.#partialBytes = available;
      this.#needed = needed;
      break;
    }
    if (deferFrom >= 0) this.#emit(buffer, from, deferFrom, buffer.subarray(deferFrom, position));
    else this.#emit(buffer, from, position);
  }

  /** Writes what passes; `behind` waits for the next write. */
  #emit(buffer: Buffer, from: number, to: number, behind?: Buffer): void {
    if (to > from) {
      const bytes = from === 0 && to === buffer.length ? buffer : buffer.subarray(from, to);
      if (this.#deferred.length === 0) {
        this.#output.write(bytes);
      } else {
        this.#deferred.push(bytes);
        this.#writeDeferred();
      }
    }
    if (behind === undefined) return;
    this.#deferred.push(behind);
    this.#deferredBytes += behind.length;
  }

  #writeDeferred(): void {
    if (this.#deferred.length === 0) return;
    const bytes = joined(this.#deferred);
    this.#deferred = [];
    this.#deferredBytes = 0;
    this.#output.write(bytes);
  }

  #takePartial(): Buffer {
    const bytes = joined(this.#partial);
    this.#partial = [];
    this.#partialBytes = 0;
    return bytes;
  }
}

function joined(pieces: readonly Buffer[]): Buffer {
  const [only] = pieces;
  return pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
}
