/** One message of a `text/event-stream`. */
export interface StreamMessage {
  /** The last id seen so far, also when this message has none of its own; empty before the first. */
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/** Reads `text/event-stream` as the HTML standard describes it, from pieces that may end anywhere. */
export class EventStreamParser {
  #rest = '';
  #started = false;
  #id = '';
  #event = '';
  #data: string[] = [];

  /** @returns the messages that this piece completes. */
  push(piece: string): readonly StreamMessage[] {
    const messages: StreamMessage[] = [];
    let text = this.#rest + piece;
    if (!this.#started && text !== '') {
      this.#started = true;
      text = text.replace(/^\uFEFF/, '');
    }
    const lines = text.split(/\r\n|\n|\r(?!$)/);
    // A \r at the very end may be the first half of a line end.
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const message = this.#line(line);
      if (message !== null) messages.push(message);
    }
    return messages;
  }

  #line(line: string): StreamMessage | null {
    if (line === '') return this.#end();
    const colon = line.indexOf(':');
    if (colon === 0) return null;
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') this.#data.push(value);
    else if (field === 'event') this.#event = value;
    else if (field === 'id' && !value.includes('\0')) this.#id = value;
    return null;
  }

  #end(): StreamMessage | null {
    const data = this.#data.join('\n');
    const message =
      this.#data.length === 0 ? null : { id: this.#id, event: this.#event === '' ? 'message' : this.#event, data };
    this.#data = [];
    this.#event = '';
    return message;
  }
}
