/**
 * Prints a binary array as the literal PostgreSQL prints: `{1,2,NULL}`, `{{"a b",c},{d,e}}`, `[0:1]={1,2}`. @param longest a text longer than this
 * is cut later, and may end early here
 */
export function decodeArray(
  bytes: Buffer,
  element: (type: number, bytes: Buffer) => string,
  longest = Infinity,
): string {
  const dimensions = bytes.readInt32BE(0);
  const type = bytes.readUInt32BE(8);
  if (dimensions === 0) return '{}';
  // PostgreSQL allows six.
  if (dimensions < 0 || dimensions > 6) throw new RangeError(`an array of ${dimensions} dimensions`);
  const lengths: number[] = [];
  const lowers: number[] = [];
  let position = 12;
  for (let index = 0; index < dimensions; index += 1) {
    lengths.push(bytes.readInt32BE(position));
    lowers.push(bytes.readInt32BE(position + 4));
    position += 8;
  }
  if (lengths.some((length) => length < 0)) throw new RangeError('an array of negative length');
  const items = lengths.reduce((product, length) => product * length, 1);
  if (items === 0) return '{}';
  // Each takes its own length at least: what promises more is not believed.
  if (items * 4 > bytes.length - position)
    throw new RangeError(`an array of ${items} elements in ${bytes.length} bytes`);
  let written = 0;
  const item = (): string => {
    const length = bytes.readInt32BE(position);
    position += 4;
    if (length < 0) return 'NULL';
    if (position + length > bytes.length) throw new RangeError('an array element ends beyond its array');
    const text = element(type, bytes.subarray(position, position + length));
    position += length;
    return quoted(text);
  };
  const level = (depth: number): string => {
    const parts: string[] = [];
    for (let index = 0; index < (lengths[depth] ?? 0) && written <= longest; index += 1) {
      const part = depth + 1 < dimensions ? level(depth + 1) : item();
      if (depth + 1 === dimensions) written += part.length;
      parts.push(part);
    }
    return `{${parts.join(',')}}`;
  };
  const bounds = lowers.some((lower) => lower !== 1)
    ? `${lowers.map((lower, index) => `[${lower}:${lower + (lengths[index] ?? 0) - 1}]`).join('')}=`
    : '';
  return bounds + level(0);
}

/** Quotes what would read differently without quotes. */
function quoted(text: string): string {
  if (text !== '' && !/[{}",\\\s]/.test(text) && text.toLowerCase() !== 'null') return text;
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
