import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { getSystemErrorName } from 'node:util';
import type { ByteChannel, ByteListener } from './byte-channel.ts';

/** What Node has below a TCP socket: the connection as libuv sees it. */
interface TcpHandle {
  onread: (this: TcpHandle) => void;
  useUserBuffer(buffer: Uint8Array): void;
  readStart(): number;
  setNoDelay(on: boolean): number;
  /** Writes at once what the system takes at once. Answers an error number or 0. */
  writeBuffer(request: WriteRequest, bytes: Uint8Array): number;
  close(): void;
}

interface WriteRequest {
  oncomplete?: (status: number) => void;
  /** Keeps the bytes from being collected while they are written. */
  bytes?: Uint8Array;
}

/** What the last call of a handle came to is told in numbers at these places of `streamBaseState`. */
interface StreamBinding {
  readonly WriteWrap: new () => WriteRequest;
  readonly streamBaseState: Int32Array;
  readonly kReadBytesOrError: number;
  readonly kLastWriteWasAsync: number;
}

const binding = streamBinding();

/** All connections read into it, one after the other: what is to be kept must be copied before the listener returns. */
const shared = Buffer.allocUnsafeSlow(65_536);
/** The part of it that was read last: most answers are as long as the one before. */
let view = shared;

function firstOfShared(length: number): Buffer {
  if (view.length !== length) view = shared.subarray(0, length);
  return view;
}

/**
 * Takes the connection below a socket that has not read yet, and leaves the object empty. The stream above it allocates a request, its promise of a
 * callback and a tick for each write, and an event for each read: at ten thousand requests per second that is half of their cost, and most of the
 * garbage. Node keeps what is used here for its own modules, so it is looked at first; null when it is not what it was.
 */
export function takeSocket(duplex: Duplex, listener: ByteListener): ByteChannel | null {
  if (binding === null || !(duplex instanceof Socket) || duplex.bytesRead > 0 || duplex.writableLength > 0) return null;
  const handle: unknown = Reflect.get(duplex, '_handle');
  if (!isTcpHandle(handle)) return null;
  duplex.removeAllListeners();
  duplex.on('error', () => undefined);
  Reflect.set(duplex, '_handle', null);
  return new TcpChannel(handle, binding, listener);
}

class TcpChannel implements ByteChannel {
  readonly #handle: TcpHandle;
  readonly #binding: StreamBinding;
  readonly #listener: ByteListener;
  /** Serves for every write that the system takes whole, which is nearly every one. */
  #request: WriteRequest;
  #open = true;

  constructor(handle: TcpHandle, streams: StreamBinding, listener: ByteListener) {
    this.#handle = handle;
    this.#binding = streams;
    this.#listener = listener;
    this.#request = new streams.WriteWrap();
    const { streamBaseState, kReadBytesOrError } = streams;
    handle.setNoDelay(true);
    handle.useUserBuffer(shared);
    handle.onread = () => {
      const length = streamBaseState[kReadBytesOrError] ?? 0;
      if (length > 0) listener.received(firstOfShared(length));
      else if (length < 0) this.#end(length);
    };
    handle.readStart();
  }

  write(bytes: Buffer): void {
    if (!this.#open) return;
    const request = this.#request;
    const status = this.#handle.writeBuffer(request, bytes);
    const { streamBaseState, kLastWriteWasAsync } = this.#binding;
    if (status === 0 && streamBaseState[kLastWriteWasAsync] === 0) return;
    this.#request = new this.#binding.WriteWrap();
    request.bytes = bytes;
    request.oncomplete = (later) => {
      if (later < 0) this.#end(later);
    };
    // Whoever writes does not expect to be told before the call returns.
    if (status < 0) setImmediate(() => this.#end(status));
  }

  destroy(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#handle.close();
  }

  #end(status: number): void {
    if (!this.#open) return;
    this.destroy();
    const name = getSystemErrorName(status);
    this.#listener.ended(name === 'EOF' ? 'the connection was closed' : `the connection broke: ${name}`);
  }
}

function isTcpHandle(handle: unknown): handle is TcpHandle {
  return (
    typeof handle === 'object' &&
    handle !== null &&
    'onread' in handle &&
    ['useUserBuffer', 'readStart', 'setNoDelay', 'writeBuffer', 'close'].every(
      (name) => typeof Reflect.get(handle, name) === 'function',
    )
  );
}

function streamBinding(): StreamBinding | null {
  try {
    const find: unknown = Reflect.get(process, 'binding');
    const found: unknown = typeof find === 'function' ? find.call(process, 'stream_wrap') : null;
    return isStreamBinding(found) ? found : null;
  } catch {
    return null;
  }
}

function isStreamBinding(found: unknown): found is StreamBinding {
  return (
    typeof found === 'object' &&
    found !== null &&
    'WriteWrap' in found &&
    typeof found.WriteWrap === 'function' &&
    'streamBaseState' in found &&
    found.streamBaseState instanceof Int32Array &&
    'kReadBytesOrError' in found &&
    typeof found.kReadBytesOrError === 'number' &&
    'kLastWriteWasAsync' in found &&
    typeof found.kLastWriteWasAsync === 'number'
  );
}
