import { createServer, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Canary, CanaryHit, HeaderFields } from '@assay/contract';

export interface OpenCanary extends Canary {
  /** Breaks the connections that are still open. */
  close(): void;
}

/** How much is remembered. A backend that asks without end must not fill our memory. */
const mostHits = 2_000;

/** @param listen opens a port that the backend can reach and tells which; its connections are answered here. */
export async function openCanary(
  listen: (onConnection: (socket: Socket) => void) => Promise<number>,
): Promise<OpenCanary> {
  const hits: CanaryHit[] = [];
  const waiting = new Set<() => void>();
  const take = (hit: CanaryHit): void => {
    if (hits.length < mostHits) hits.push(hit);
    for (const wake of waiting) wake();
  };
  const server = createServer((request, response) => {
    take({ line: `${request.method} ${request.url}`, headers: fieldsOf(request) });
    request.resume();
    const token = (request.url ?? '').split(/[/?#]/)[1] ?? '';
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
    response.end(answerTo(token));
  });
  server.on('clientError', (_error, socket) => {
    take({ line: '', headers: [] });
    socket.destroy();
  });
  const open = new Set<Socket>();
  const port = await listen((socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    server.emit('connection', socket);
  });
  const authority = `127.0.0.1:${port}`;
  const has = (token: string): boolean => hits.some(({ line }) => line.includes(token));
  return {
    authority,
    url: (token) => `http://${authority}/${token}`,
    answer: answerTo,
    hits: () => [...hits],
    waitFor: (token, timeoutMs, signal) =>
      new Promise((resolve) => {
        if (has(token) || signal.aborted) return resolve(has(token));
        const end = (): void => {
          clearTimeout(timer);
          waiting.delete(look);
          signal.removeEventListener('abort', end);
          resolve(has(token));
        };
        const look = (): void => {
          if (has(token)) end();
        };
        const timer = setTimeout(end, timeoutMs);
        waiting.add(look);
        signal.addEventListener('abort', end, { once: true });
      }),
    close: () => {
      for (const socket of open) socket.destroy();
      server.closeAllConnections();
    },
  };
}

/** Not the token itself: an answer that holds only what was sent may be an echo. */
function answerTo(token: string): string {
  return `canary-${[...token].reverse().join('')}-yranac`;
}

function fieldsOf({ rawHeaders }: IncomingMessage): HeaderFields {
  const fields: (readonly [string, string])[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) fields.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']);
  return fields;
}
