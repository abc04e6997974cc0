import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { RawOptions, RawReply } from '@assay/contract';
import { errorCode } from '../home/folder-fault.ts';
import { type Connect, openSocket } from './open-socket.ts';
import { classify } from './transport-error.ts';

/**
 * Sends bytes as they are over a connection of its own. `closed` also when we ended it ourselves, because `until` had seen
 * enough or more than `limit` bytes came; `timeout` also when the signal ended the wait.
 */
export async function sendRaw(
  connect: Connect,
  bytes: Uint8Array,
  options: RawOptions,
  limit: number,
): Promise<RawReply> {
  const startedAt = performance.now();
  const chunks: Buffer[] = [];
  const reply = (end: RawReply['end']): RawReply => ({
    received: Buffer.concat(chunks),
    end,
    durationMs: performance.now() - startedAt,
  });
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), options.timeoutMs ?? 5000);
  const onAbort = () => over.abort();
  options.signal?.addEventListener('abort', onAbort);
  if (options.signal?.aborted) over.abort();
  let socket: Socket | null = null;
  try {
    const opened = openSocket(connect, (made) => {
      socket = made;
      if (over.signal.aborted) made.destroy();
    });
    const open = await inTime(opened, over.signal);
    if (open === 'timeout') return reply('timeout');
    const end = receive(open, chunks, options, limit);
    // What cannot be written any more shows in how the connection ends.
    void write(open, bytes, options, over.signal).catch(() => undefined);
    return reply(await inTime(end, over.signal));
  } catch (error) {
    const cause = error instanceof Error ? error : new Error(String(error));
    classify(cause, { sent: false, status: null, bodyBytes: 0, promisedBytes: null });
    return reply(errorCode(cause) === 'ECONNRESET' ? 'reset' : 'refused');
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', onAbort);
    over.abort();
    destroy(socket);
  }
}

function destroy(socket: Socket | null): void {
  socket?.on('error', () => undefined);
  socket?.destroy();
}

async function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T | 'timeout'> {
  work.catch(() => undefined);
  const late = Promise.withResolvers<'timeout'>();
  const onAbort = () => late.resolve('timeout');
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  return Promise.race([work, late.promise]);
}

function receive(socket: Socket, chunks: Buffer[], options: RawOptions, limit: number): Promise<RawReply['end']> {
  const { promise, resolve } = Promise.withResolvers<RawReply['end']>();
  let length = 0;
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit || options.until?.(Buffer.concat(chunks)) === true) resolve('closed');
  });
  socket.on('end', () => resolve('closed'));
  // EPIPE: the other side has closed, and only our writing has noticed; what it sent may still be on its way.
  socket.on('error', (error) => resolve(errorCode(error) === 'EPIPE' ? 'closed' : 'reset'));
  socket.on('close', () => resolve('closed'));
  return promise;
}

async function write(socket: Socket, bytes: Uint8Array, options: RawOptions, signal: AbortSignal): Promise<void> {
  const size = options.chunkBytes ?? (bytes.length || 1);
  for (let at = 0, end = options.atOnceBytes ?? size; at < bytes.length; at = end, end += size) {
    if (at > 0 && options.everyMs !== undefined) await pause(options.everyMs, undefined, { signal });
    if (signal.aborted || socket.destroyed) return;
    socket.write(bytes.subarray(at, end));
    if (socket.writableNeedDrain) await drained(socket, signal);
  }
  if (options.halfClose === true && !socket.destroyed) socket.end();
}

function drained(socket: Socket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    socket.once('drain', resolve);
    socket.once('close', () => resolve());
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
