import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** All sockets read into it, one after the other: what is to be kept must be copied before the listener returns. */
const shared = Buffer.allocUnsafeSlow(65_536);

/**
 * Gives everything that comes on a connection to `listener`; the bytes are valid only until it returns. Reading a TCP socket through a buffer of our own
 * (`onread`) costs half of what its stream of `data` events costs, but can only be asked for when the socket object is made: so another object
 * takes over the connection below the given one, which has not read yet. Any other duplex is read as a stream. Returns what to write to.
 */
export function takeBytes(duplex: Duplex, listener: (bytes: Buffer) => void): Duplex {
  const handle: unknown = duplex instanceof Socket && duplex.bytesRead === 0 ? Reflect.get(duplex, '_handle') : null;
  if (typeof handle !== 'object' || handle === null || !('useUserBuffer' in handle)) {
    duplex.on('data', listener);
    return duplex;
  }
  const onread = {
    buffer: shared,
    callback: (length: number): boolean => {
      listener(shared.subarray(0, length));
      return true;
    },
  };
  const options = { handle, onread, readable: true, writable: true };
  // The type of `handle` speaks of another use of it.
  const taken: Socket = Reflect.construct(Socket, [options]);
  duplex.removeAllListeners();
  duplex.on('error', () => undefined);
  Reflect.set(duplex, '_handle', null);
  taken.read(0);
  return taken;
}
