/** Prints a binary array as the literal PostgreSQL prints: `{1,2,NULL}`, `{{"a b",c},{d,e}}`, `[0:1]={1,2}`. */
export function decodeArray(bytes: Buffer, element: (type: number, bytes: Buffer) => string): string {
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
    const items: string[] = [];
    for (let index = 0; index < (lengths[depth] ?? 0); index += 1) {
      items.push(depth + 1 < dimensions ? level(depth + 1) : item());
    }
    return `{${items.join(',')}}`;
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
