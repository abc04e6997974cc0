/** Message types of the PostgreSQL protocol, version 3: the byte in front of each message ("Message Formats" in its documentation). */
export const frontend = {
  bind: 0x42,
  close: 0x43,
  describe: 0x44,
  execute: 0x45,
  functionCall: 0x46,
  flush: 0x48,
  parse: 0x50,
  query: 0x51,
  sync: 0x53,
  terminate: 0x58,
  copyDone: 0x63,
  copyData: 0x64,
  copyFail: 0x66,
  /** A password, or a step of SASL or GSSAPI. */
  authentication: 0x70,
} as const;

export const backend = {
  parseComplete: 0x31,
  bindComplete: 0x32,
  closeComplete: 0x33,
  notification: 0x41,
  commandComplete: 0x43,
  dataRow: 0x44,
  error: 0x45,
  copyIn: 0x47,
  copyOut: 0x48,
  emptyQuery: 0x49,
  keyData: 0x4b,
  notice: 0x4e,
  authentication: 0x52,
  parameterStatus: 0x53,
  rowDescription: 0x54,
  functionResult: 0x56,
  copyBoth: 0x57,
  ready: 0x5a,
  copyDone: 0x63,
  copyData: 0x64,
  noData: 0x6e,
  portalSuspended: 0x73,
  parameterDescription: 0x74,
  negotiateVersion: 0x76,
} as const;

/** Bytes in front of each message's body: its type and its length. */
export const headerBytes = 5;

/** PostgreSQL itself neither sends nor takes longer messages (1 GiB). */
export const longestMessage = 0x40000000;

/** How much of a message is ever looked at, and so held in memory. What is longer streams through. */
export const longestInspected = 256 * 1024;

const whole = 2;
const headerOnly = 1;

/** For each type: 0 when no such message exists, 1 when its header is enough, 2 when its body is read. */
function inspection(types: Readonly<Record<string, number>>, read: readonly number[]): Uint8Array {
  const table = new Uint8Array(256);
  for (const type of Object.values(types)) table[type] = headerOnly;
  for (const type of read) table[type] = whole;
  return table;
}

const frontendInspection = inspection(frontend, [
  frontend.bind,
  frontend.close,
  frontend.describe,
  frontend.execute,
  frontend.functionCall,
  frontend.parse,
  frontend.query,
]);
const backendInspection = inspection(backend, [
  backend.commandComplete,
  backend.error,
  backend.parameterDescription,
  backend.ready,
]);

function wanted(table: Uint8Array, type: number, total: number): number {
  const how = table[type];
  if (how === headerOnly) return headerBytes;
  return how === whole ? Math.min(total, longestInspected) : 0;
}

/** Bytes of a message of the backend (the program) that must be there to decide on it; 0 when there is no such message. */
export function wantedOfFrontend(type: number, total: number): number {
  return wanted(frontendInspection, type, total);
}

/** The same for a message of the database. */
export function wantedOfBackend(type: number, total: number): number {
  return wanted(backendInspection, type, total);
}
