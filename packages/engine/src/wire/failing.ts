import { frontend, headerBytes } from './protocol.ts';

/*
 * How a statement is made to fail. The server itself is brought to fail at this very place, and its message is exchanged for the rule's:
 * so transaction status, the skipping until Sync and what an implicit transaction undoes are the server's own. A failing COMMIT must
 * leave no transaction behind, so a ROLLBACK goes in front of it, unseen by the client.
 */

const name = 'assay_fail';
const noSuchPortal = 'assay_no_such_portal';
const failure = 'SELECT 1/0 /* failed by a rule */';
const rollback = 'ROLLBACK';

/** A simple query that does what stands before the failing statement, and then fails. */
export function failingQuery(before: string, isCommit: boolean): Buffer {
  return message(frontend.query, text(`${before}${isCommit ? `${rollback}; ` : ''}${failure}`));
}

/** In place of an Execute: one of a portal that does not exist. */
export function failingExecute(): Buffer {
  return message(frontend.execute, text(noSuchPortal), int32(0));
}

/** In place of the Execute of a COMMIT: Close, Parse, Bind and Execute of a ROLLBACK, then what fails. */
export function failingCommit(): Buffer {
  return Buffer.concat([
    message(frontend.close, Buffer.from('S'), text(name)),
    message(frontend.parse, text(name), text(rollback), int16(0)),
    message(frontend.bind, text(name), text(name), int16(0), int16(0), int16(0)),
    message(frontend.execute, text(name), int32(0)),
    failingExecute(),
  ]);
}

function message(type: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const header = Buffer.alloc(headerBytes);
  header[0] = type;
  header.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
}

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`);
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
