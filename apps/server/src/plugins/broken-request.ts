import type { Socket } from 'node:net';
import { Problem, type ProblemCode } from '../problems.ts';

/** What Node.js could not read as HTTP at all is answered in the same form as everything else, and the connection closed. */
export function refuseBrokenRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code, detail] = refusals[error.code ?? ''] ?? [400, 'malformed-request', 'The request is not HTTP.'];
  const body = JSON.stringify({ ...new Problem(code, detail).body, status });
  socket.end(
    `HTTP/1.1 ${status} ${reasons[status] ?? 'Bad Request'}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

const refusals: Readonly<Record<string, readonly [number, ProblemCode, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'malformed-request', 'The header fields are larger than 16 KB.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'malformed-request', 'The request did not come in time.'],
};

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};
