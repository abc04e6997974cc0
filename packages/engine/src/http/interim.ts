import type { Socket } from 'node:net';

const headEnd = Buffer.from('\r\n\r\n');

/**
 * Takes `100 Continue` out of what a socket gives. Any server may send it before a response, asked or not (RFC 9110, 15.2), and
 * undici breaks the connection when it was not asked. Other 1xx responses it reads itself.
 * Returns the function to be called when a request is about to be sent.
 */
export function skipContinue(socket: Socket): () => void {
  const read = socket.read.bind(socket);
  let expecting = false;
  let held: Buffer | null = null;
  socket.read = (size?: number): unknown => {
    const chunk: unknown = read(size);
    if (!expecting || !Buffer.isBuffer(chunk)) return chunk;
    let bytes: Buffer = held === null ? chunk : Buffer.concat([held, chunk]);
    held = null;
    for (;;) {
      const start = bytes.subarray(0, 12).toString('latin1');
      const isContinue = /^HTTP\/1\.[01] 100/.test(start);
      if (!isContinue && !mayBecomeContinue(start)) break;
      const end = isContinue ? bytes.indexOf(headEnd) : -1;
      // Not all of it is here, and it is not endless.
      if (end === -1 && bytes.length < 65_536) {
        held = bytes.length === 0 ? null : bytes;
        return null;
      }
      if (end === -1) break;
      bytes = bytes.subarray(end + headEnd.length);
    }
    expecting = false;
    return bytes;
  };
  return () => {
    expecting = true;
    held = null;
  };
}

function mayBecomeContinue(start: string): boolean {
  return start.length < 12 && ('HTTP/1.1 100'.startsWith(start) || 'HTTP/1.0 100'.startsWith(start));
}
