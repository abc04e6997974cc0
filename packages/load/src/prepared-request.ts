import type { RequestSpec } from '@assay/contract';

/** A request as the bytes that are sent, made once and sent many times. */
export interface PreparedRequest {
  readonly spec: RequestSpec;
  readonly method: string;
  readonly bytes: Buffer;
}

/** Fields whose value follows from the message itself. */
const own = new Set(['host', 'content-length', 'connection', 'transfer-encoding']);

/** @param authority for the Host field: `127.0.0.1:8080` */
export function prepareRequest(spec: RequestSpec, authority: string): PreparedRequest {
  const body = Buffer.from(spec.body ?? '');
  const head = [`${spec.method} ${spec.target} HTTP/1.1`, `host: ${authority}`];
  for (const [name, value] of [...(spec.headers ?? []), ...(spec.as?.headers ?? [])])
    if (!own.has(name.toLowerCase())) head.push(`${name}: ${value}`);
  if (spec.body !== undefined) head.push(`content-length: ${body.length}`);
  const text = `${head.join('\r\n')}\r\n\r\n`;
  if (/[^\t\r\n -~\u0080-\u00ff]/.test(text)) throw new TypeError(`a head cannot be sent: ${JSON.stringify(text)}`);
  return { spec, method: spec.method, bytes: Buffer.concat([Buffer.from(text, 'latin1'), body]) };
}
