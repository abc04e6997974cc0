import { request } from 'node:http';
import type { WrittenRequest } from './request-text.ts';

export interface SmallResponse {
  readonly status: number;
  readonly reason: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Fields that Node.js itself writes. */
const written = new Set(['host', 'content-length', 'connection', 'transfer-encoding', 'upgrade', 'expect']);

/** Sends a request to the small service, over a real socket. */
export function send(port: number, { method, target, headers, body }: WrittenRequest): Promise<SmallResponse> {
  return new Promise((resolve, reject) => {
    const own = headers.filter(([name]) => !written.has(name.toLowerCase())).flat();
    const bytes = Buffer.from(body);
    const length =
      bytes.length > 0 || ['POST', 'PUT', 'PATCH'].includes(method) ? ['Content-Length', String(bytes.length)] : [];
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        method,
        path: target,
        headers: ['Host', `127.0.0.1:${port}`, ...own, ...length],
        agent: false,
        timeout: 5000,
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const named = Object.entries(response.headers).map(
            ([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')] as const,
          );
          resolve({
            status: response.statusCode ?? 0,
            reason: response.statusMessage ?? '',
            headers: Object.fromEntries(named),
            body: Buffer.concat(parts).toString('utf8'),
          });
        });
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error('The service did not answer in time.')));
    outgoing.on('error', reject);
    outgoing.end(bytes);
  });
}

/** Fields that say nothing about the question. */
const dull = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding']);

/** The response as on the wire. */
export function responseText(response: SmallResponse): string {
  const fields = Object.entries(response.headers).filter(([name]) => !dull.has(name));
  const head = [
    `HTTP/1.1 ${response.status} ${response.reason}`,
    ...fields.map(([name, value]) => `${name}: ${value}`),
  ].join('\n');
  return response.body === '' ? head : `${head}\n\n${response.body}`;
}
