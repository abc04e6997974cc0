import { backend, headerBytes } from './protocol.ts';

export interface WireError {
  readonly code: string;
  readonly message: string;
}

/** Reads the SQLSTATE and the message of an ErrorResponse; its body stands between `start` and `end`. */
export function readErrorResponse(buffer: Buffer, start: number, end: number): WireError {
  let code = 'XX000';
  let message = '';
  let position = start;
  while (position < end && buffer[position] !== 0) {
    const field = buffer[position];
    let zero = buffer.indexOf(0, position + 1);
    if (zero < 0 || zero > end) zero = end;
    const value = buffer.toString('utf8', position + 1, zero);
    if (field === 0x43) code = value;
    if (field === 0x4d) message = value;
    position = zero + 1;
  }
  return { code, message };
}

export function errorResponse(severity: 'ERROR' | 'FATAL', code: string, message: string): Buffer {
  const fields = [`S${severity}`, `V${severity}`, `C${code}`, `M${message}`];
  // A zero byte ends a field, so none may stand inside one.
  const body = Buffer.from(`${fields.map((field) => field.replaceAll('\0', ' ')).join('\0')}\0\0`);
  const header = Buffer.alloc(headerBytes);
  header[0] = backend.error;
  header.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
}
