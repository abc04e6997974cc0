/**
 * A bare HTTP server that answers each request after `delayMs`, so that whoever waits for its answers asks at connections ÷ delay. With
 * `stallAtMs` it does nothing at all for a second, that long after its first request.
 * Prints its port.
 *   server-process.ts DELAY_MS [STALL_AT_MS]
 */
import { type AddressInfo, createServer } from 'node:net';

const delayMs = Number(process.argv[2]);
const stallAtMs = process.argv[3] === undefined ? null : Number(process.argv[3]);
const answer = Buffer.from(
  'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 46\r\nConnection: keep-alive\r\n\r\n{"id":7,"title":"Buy milk","done":false,"n":1}',
);
let first = true;

/** The event loop stands still: nothing is read, answered or accepted. */
function stall(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
}

const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (bytes) => {
    if (first && stallAtMs !== null) setTimeout(stall, stallAtMs);
    first = false;
    // Nobody pipelines; a request is short and comes in one piece.
    if (bytes.includes('\r\n\r\n')) setTimeout(() => socket.write(answer), delayMs);
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
