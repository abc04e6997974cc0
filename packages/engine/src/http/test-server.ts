import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { Exchange, RequestSpec } from '@assay/contract';
import type { Limits } from './attempt.ts';
import { createHttpClient, type HttpClient } from './client.ts';

/* For tests: real servers, well-behaved and not, each with a client that asks it. */

const cleanups: (() => Promise<unknown> | unknown)[] = [];
/** Closes every client and server of the test. */
export async function closeAll(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
}

export async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

export function clientFor(
  port: number,
  more: { limits?: Limits; record?: (exchange: Exchange) => void } = {},
): HttpClient {
  let id = 0;
  const client = createHttpClient({
    connect: () => connect(port, '127.0.0.1'),
    authority: `127.0.0.1:${port}`,
    now: () => performance.now(),
    nextId: () => `e-${(id += 1)}`,
    label: () => ({ check: 'area/name', instance: 'i-1' }),
    timeoutMs: 5000,
    ...more,
  });
  cleanups.push(() => client.close());
  return client;
}

export async function http(listener: RequestListener): Promise<HttpClient> {
  return clientFor(await listen(createHttpServer(listener)));
}

/** A server that answers each arrival of bytes with what `answer` says. */
export async function misbehaving(
  answer: (socket: Socket, request: string, nth: number) => void,
  more = {},
): Promise<HttpClient> {
  let count = 0;
  const server = createServer((socket) => {
    socket.on('data', (data) => answer(socket, data.toString('latin1'), (count += 1)));
  });
  return clientFor(await listen(server), more);
}

export const get = (target = '/'): RequestSpec => ({ method: 'GET', target });
