import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { type ByteChannel, byteChannel } from './byte-channel.ts';
import { takeSocket } from './tcp-channel.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function connected(serve: (socket: Socket) => void): Promise<Socket> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    serve(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close());
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

/** What came on a channel, and how it ended. */
function heardOn(duplex: Duplex): {
  channel: ByteChannel;
  text(length: number): Promise<string>;
  ended: Promise<string>;
} {
  let heard = '';
  let told = (): void => undefined;
  const end = Promise.withResolvers<string>();
  const listener = {
    received: (bytes: Buffer) => {
      heard += bytes.toString();
      told();
    },
    ended: end.resolve,
  };
  const channel = byteChannel(duplex, listener);
  const text = async (length: number): Promise<string> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    told = () => heard.length >= length && resolve();
    told();
    await promise;
    return heard;
  };
  return { channel, text, ended: end.promise };
}

const shouting = (socket: Socket): unknown =>
  socket.on('data', (bytes) => socket.write(bytes.toString().toUpperCase()));

describe('byteChannel', () => {
  it('writes to a socket, reads from it, and says when the other side closes it', async () => {
    const socket = await connected((other) => {
      shouting(other);
      other.on('data', (bytes) => bytes.includes('stop') && other.end());
    });
    const { channel, text, ended } = heardOn(socket);
    channel.write(Buffer.from('hello, '));
    await text(7);
    channel.write(Buffer.from('stop'));
    expect(await text(11)).toBe('HELLO, STOP');
    expect(await ended).toBe('the connection was closed');
  });

  it('names how a connection broke', async () => {
    const socket = await connected((other) => other.on('data', () => other.resetAndDestroy()));
    const { channel, ended } = heardOn(socket);
    channel.write(Buffer.from('x'));
    expect(await ended).toMatch(/ECONNRESET/);
  });

  it('writes whole what is more than the system takes at once', async () => {
    let bytes = 0;
    const socket = await connected((other) => {
      other.pause();
      setImmediate(() => other.resume());
      other.on('data', (piece) => {
        bytes += piece.length;
        if (bytes === 3 * (8 << 20)) other.end('all');
      });
    });
    const { channel, text } = heardOn(socket);
    for (let times = 0; times < 3; times += 1) channel.write(Buffer.alloc(8 << 20, 'x'));
    expect(await text(3)).toBe('all');
  });

  it('tells nothing after it was destroyed', async () => {
    const closed = Promise.withResolvers<void>();
    const socket = await connected((other) => {
      shouting(other);
      other.on('close', closed.resolve);
    });
    const { channel, text, ended } = heardOn(socket);
    channel.write(Buffer.from('hello'));
    await text(5);
    channel.destroy();
    channel.write(Buffer.from('again'));
    await closed.promise;
    expect(await Promise.race([ended, text(5)])).toBe('HELLO');
  });

  it('uses any other duplex as it is', async () => {
    const echo = new Duplex({
      read: () => undefined,
      write(chunk: Buffer, _encoding, done) {
        this.push(chunk);
        done();
      },
    });
    const { channel, text, ended } = heardOn(echo);
    channel.write(Buffer.from('hello'));
    expect(await text(5)).toBe('hello');
    echo.push(null);
    expect(await ended).toBe('the connection was closed');
  });
});

describe('takeSocket', () => {
  it('knows the Node.js that it runs on, and leaves alone what has been read', async () => {
    const listener = { received: () => undefined, ended: () => undefined };
    const socket = await connected((other) => other.write('hello'));
    const fresh = await connected(shouting);
    await once(socket, 'readable');
    expect(takeSocket(socket, listener)).toBeNull();
    socket.destroy();
    const taken = takeSocket(fresh, listener);
    expect(taken).not.toBeNull();
    taken?.destroy();
  });
});
