import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { takeBytes } from './take-bytes.ts';

/** A server that says everything back in upper case, until it is told to stop. */
async function shouting(): Promise<{ readonly port: number; close(): void }> {
  const server = createServer((socket) =>
    socket.on('data', (bytes) => {
      if (bytes.includes('stop')) socket.end();
      else socket.write(bytes.toString().toUpperCase());
    }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

describe('takeBytes', () => {
  it('takes over a socket: writes, reads, and sees its end', async () => {
    const server = await shouting();
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    let heard = '';
    const { promise, resolve } = Promise.withResolvers<void>();
    const taken = takeBytes(socket, (bytes) => {
      heard += bytes.toString();
      if (heard.length >= 5) resolve();
    });
    taken.write('hello');
    await promise;
    expect(heard).toBe('HELLO');
    const closed = once(taken, 'close');
    taken.write('stop');
    await closed;
    expect(taken.destroyed).toBe(true);
    server.close();
  });

  it('reads any other duplex as a stream', async () => {
    const echo = new Duplex({
      read: () => undefined,
      write(chunk: Buffer, _encoding, done) {
        this.push(chunk);
        done();
      },
    });
    const { promise, resolve } = Promise.withResolvers<string>();
    expect(takeBytes(echo, (bytes) => resolve(bytes.toString()))).toBe(echo);
    echo.write('hello');
    expect(await promise).toBe('hello');
  });
});
