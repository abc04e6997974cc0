export interface CommandTag {
  readonly command: string;
  /** 0 for a command that counts no rows. */
  readonly rows: number;
}

const zero = 0x30;
const nine = 0x39;
const space = 0x20;

/** The commands of nearly all statements, by their first letter and length, so that no string is made for them. */
const frequent = new Map(
  ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'BEGIN', 'COMMIT', 'ROLLBACK', 'SET', 'FETCH', 'COPY'].map((name) => [
    name.charCodeAt(0) * 256 + name.length,
    name,
  ]),
);

/** Reads the tag of a CommandComplete message: `SELECT 5`, `INSERT 0 1` (an object id, then the rows), `CREATE TABLE`. */
export function readCommandTag(buffer: Buffer, start: number, end: number): CommandTag {
  // The tag ends with a zero byte.
  let last = end - 1;
  let rows = 0;
  let scale = 1;
  let position = last - 1;
  while (position >= start) {
    const digit = buffer[position] ?? 0;
    if (digit < zero || digit > nine) break;
    rows += (digit - zero) * scale;
    scale *= 10;
    position -= 1;
  }
  if (scale > 1 && buffer[position] === space) {
    last = position;
    // INSERT has an object id in front of its count.
    let word = position - 1;
    while (word > start && isDigit(buffer[word])) word -= 1;
    if (word < position - 1 && buffer[word] === space) last = word;
  } else {
    rows = 0;
  }
  return { command: commandName(buffer, start, last), rows };
}

function commandName(buffer: Buffer, start: number, end: number): string {
  const known = frequent.get((buffer[start] ?? 0) * 256 + end - start);
  if (known !== undefined && matches(buffer, start, known)) return known;
  return buffer.toString('latin1', start, Math.max(start, end));
}

function matches(buffer: Buffer, start: number, name: string): boolean {
  for (let index = 1; index < name.length; index += 1) {
    if (buffer[start + index] !== name.charCodeAt(index)) return false;
  }
  return true;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= zero && byte <= nine;
}
