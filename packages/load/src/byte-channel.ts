import type { Duplex } from 'node:stream';
import { takeSocket } from './tcp-channel.ts';

/** Where bytes can be sent to. */
export interface ByteChannel {
  /** The bytes must stay as they are until the channel is destroyed. */
  write(bytes: Buffer): void;
  /** Nothing is told any more. */
  destroy(): void;
}

/** Who is told what comes on a channel. */
export interface ByteListener {
  /** The bytes are valid only until it returns. */
  received(bytes: Buffer): void;
  /** Closed by the other side, or broken. Told once. */
  ended(why: string): void;
}

/**
 * Reads and writes the bytes of a connection that nobody has read yet. A TCP socket is taken over from the object that is given: its stream would cost
 * more than the rest of a request. Any other duplex is used as it is.
 */
export function byteChannel(duplex: Duplex, listener: ByteListener): ByteChannel {
  return takeSocket(duplex, listener) ?? new StreamChannel(duplex, listener);
}

class StreamChannel implements ByteChannel {
  readonly #duplex: Duplex;
  readonly #listener: ByteListener;
  #open = true;

  constructor(duplex: Duplex, listener: ByteListener) {
    this.#duplex = duplex;
    this.#listener = listener;
    duplex.on('data', (bytes: Buffer) => {
      if (this.#open) listener.received(bytes);
    });
    duplex.on('end', () => this.#end('the connection was closed'));
    duplex.on('error', (error) => this.#end(error.message));
    duplex.on('close', () => this.#end('the connection was closed'));
  }

  write(bytes: Buffer): void {
    this.#duplex.write(bytes);
  }

  destroy(): void {
    this.#open = false;
    this.#duplex.destroy();
  }

  #end(why: string): void {
    if (!this.#open) return;
    this.destroy();
    this.#listener.ended(why);
  }
}
