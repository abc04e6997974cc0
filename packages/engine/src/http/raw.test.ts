import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { RawOptions, RawReply } from '@assay/contract';
import { afterEach, expect, it } from 'vitest';
import { sendRaw } from './raw.ts';

const cleanups: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function ask(
  onConnection: (socket: Socket) => void,
  bytes: string,
  options: RawOptions = {},
  limit = 10_000,
): Promise<RawReply> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return sendRaw(() => connect(port, '127.0.0.1'), Buffer.from(bytes, 'latin1'), options, limit);
}

const text = (reply: RawReply) => Buffer.from(reply.received).toString('latin1');

it('sends bytes as they are and reads to the end', async () => {
  const reply = await ask((socket) => socket.once('data', (data) => socket.end(data)), 'G\0T / \xff\r\n');
  expect(text(reply)).toBe('G\0T / \xff\r\n');
  expect(reply.end).toBe('closed');
});

it('tells a reset, a refusal and silence apart', async () => {
  expect((await ask((socket) => socket.once('data', () => socket.resetAndDestroy()), 'x')).end).toBe('reset');
  expect((await ask(() => undefined, 'x', { timeoutMs: 50 })).end).toBe('timeout');
  const refused = await sendRaw(() => connect('/nowhere/at/all.sock'), Buffer.from('x'), {}, 100);
  expect(refused.end).toBe('refused');
});

it('stops when it has seen enough, at the limit, and when it is told to', async () => {
  const echo = (socket: Socket) => socket.on('data', (data) => socket.write(data));
  const enough = await ask(echo, 'hello', { until: (received) => received.length >= 5 });
  expect([text(enough), enough.end]).toEqual(['hello', 'closed']);
  const much = await ask((socket) => socket.write(Buffer.alloc(100_000)), 'x');
  expect(much.end).toBe('closed');
  const controller = new AbortController();
  const stopped = ask(() => controller.abort(), 'x', { signal: controller.signal });
  expect((await stopped).end).toBe('timeout');
});

it('sends in pieces and closes its side', async () => {
  const pieces: string[] = [];
  const reply = await ask(
    (socket) => {
      socket.on('data', (data) => pieces.push(data.toString()));
      socket.on('end', () => socket.end('done'));
    },
    'abcdef',
    { chunkBytes: 2, everyMs: 5, halfClose: true },
  );
  expect(text(reply)).toBe('done');
  expect(pieces.join('')).toBe('abcdef');
});

it('sends a beginning at once, and the rest in pieces', async () => {
  const pieces: string[] = [];
  const collect = (socket: Socket) =>
    socket.on('data', (data) => {
      pieces.push(data.toString('latin1'));
      if (pieces.join('').length === 8) socket.end('enough');
    });
  const reply = await ask(collect, 'headbody', { atOnceBytes: 4, chunkBytes: 2, everyMs: 20 });
  expect(text(reply)).toBe('enough');
  expect(pieces[0]).toBe('head');
  expect(pieces.join('')).toBe('headbody');
});
