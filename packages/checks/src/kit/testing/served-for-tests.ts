import {
  createServer,
  type IncomingMessage,
  request as httpRequest,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type {
  Canary,
  Exchange,
  HeaderFields,
  Instance,
  RawOptions,
  RawReply,
  RequestSpec,
  StartOutcome,
} from '@assay/contract';
import { onTestFinished } from 'vitest';
import { scripted } from './scripted-for-tests.ts';

/** A request that a test's own backend got, with its body read. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly request: IncomingMessage;
  readonly body: string;
  readonly json: Record<string, unknown>;
}

type Handle = (asked: Asked, response: ServerResponse) => unknown;

/** A backend of a few lines over a real HTTP server, reached over real sockets, with a canary beside it. Gone when the test is over. */
export async function served(handle: Handle): Promise<Instance> {
  const server = await listening(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const url = new URL(`http://backend${(request.url ?? '/').replace(/^\/\/+/, '/')}`);
    try {
      const [path = '/'] = (request.url ?? '/').split('?');
      await handle(
        { method: request.method ?? '', path, query: url.searchParams, request, body, json: objectIn(body) },
        response,
      );
    } catch {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  });
  return reaching(() => portOf(server));
}

/** An instance that reaches whatever listens on a port of this machine. @param restart ends it and starts it again */
export function reaching(port: () => number, restart?: () => Promise<void>): Instance {
  let exchanges = 0;
  let canary: Promise<Canary> | null = null;
  return {
    ...scripted(() => [500]),
    alive: true,
    send: (spec, options = {}) => send(port(), spec, `e-${(exchanges += 1)}`, options.timeoutMs ?? 30_000),
    raw: (bytes, options) => raw(port(), bytes, options),
    kill: () => Promise.resolve(),
    start: async (): Promise<StartOutcome> => {
      await restart?.();
      return { ready: true, durationMs: 0 };
    },
    canary: () => (canary ??= openCanary()),
  };
}

function objectIn(body: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(body)) as Record<string, unknown>;
  } catch {
    return {};
  }
}

export async function listening(
  handler: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<Server> {
  const server = createServer((request, response) => void handler(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function send(port: number, spec: RequestSpec, id: string, timeoutMs: number): Promise<Exchange> {
  const startedAt = performance.now();
  const headers: HeaderFields = spec.headers ?? [];
  const base = {
    id,
    ...(spec.operation === undefined ? {} : { operation: spec.operation }),
    check: 'test',
    instance: 'i-1',
    startedAt,
    request: {
      method: spec.method,
      target: spec.target,
      headers,
      ...(spec.body === undefined ? {} : { body: { text: Buffer.from(spec.body as string).toString('utf8') } }),
    },
  };
  return new Promise((resolve) => {
    const end = (rest: Pick<Exchange, 'response'> | Pick<Exchange, 'error'>): void =>
      resolve({ ...base, ...rest, durationMs: performance.now() - startedAt });
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port,
        method: spec.method,
        path: spec.target,
        headers: ['host', 'backend', ...headers.flat()],
        timeout: timeoutMs,
      },
      async (response) => {
        const chunks: Buffer[] = [];
        try {
          for await (const chunk of response) chunks.push(chunk as Buffer);
        } catch (error) {
          return end({ error: { kind: 'reset', message: String(error) } });
        }
        const { rawHeaders } = response;
        const fields = rawHeaders.flatMap((name, at) =>
          at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : [],
        );
        const status = response.statusCode ?? 0;
        end({
          response: { status, reason: '', headers: fields, body: { text: Buffer.concat(chunks).toString('utf8') } },
        });
      },
    );
    request.on('timeout', () => request.destroy(new Error('timeout')));
    request.on('error', (error: Error & { code?: string }) => {
      const kind =
        error.message === 'timeout' ? 'timeout' : error.code?.startsWith('HPE_') === true ? 'protocol' : 'reset';
      end({ error: { kind, message: error.message } });
    });
    request.end(spec.body);
  });
}

function raw(port: number, bytes: Uint8Array, options: RawOptions = {}): Promise<RawReply> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect({ host: '127.0.0.1', port }, () => socket.write(bytes));
    const end = (how: RawReply['end']): void => {
      socket.destroy();
      resolve({ received: Buffer.concat(chunks), end: how, durationMs: performance.now() - startedAt });
    };
    socket.setTimeout(options.timeoutMs ?? 5_000, () => end('timeout'));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => end('closed'));
    socket.on('error', () => end('reset'));
  });
}

/** As the engine has it, on a port of its own. */
async function openCanary(): Promise<Canary> {
  const lines: string[] = [];
  const answer = (token: string): string => `canary-${[...token].reverse().join('')}`;
  const server = await listening((request, response) => {
    lines.push(`${request.method} ${request.url}`);
    response.end(answer((request.url ?? '').slice(1)));
  });
  const authority = `127.0.0.1:${portOf(server)}`;
  const has = (token: string): boolean => lines.some((line) => line.includes(token));
  return {
    authority,
    url: (token) => `http://${authority}/${token}`,
    answer,
    hits: () => lines.map((line) => ({ line, headers: [] })),
    waitFor: async (token, timeoutMs) => {
      const deadline = performance.now() + timeoutMs;
      while (!has(token) && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
      return has(token);
    },
  };
}
