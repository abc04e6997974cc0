const negative = 0x4000;
const notANumber = 0xc000;
const infinity = 0xd000;
const negativeInfinity = 0xf000;

/**
 * Prints a binary numeric as PostgreSQL does: digits in groups of four, base 10000, with as many decimals as its scale says. @param longest how many
 * digits it may have: eight bytes can speak of a hundred thousand zeros
 */
export function decodeNumeric(bytes: Buffer, longest: number): string {
  const groups = bytes.readUInt16BE(0);
  const weight = bytes.readInt16BE(2);
  const sign = bytes.readUInt16BE(4);
  const scale = bytes.readUInt16BE(6);
  if (sign === notANumber) return 'NaN';
  if (sign === infinity) return 'Infinity';
  if (sign === negativeInfinity) return '-Infinity';
  if (weight * 4 + scale > longest) throw new RangeError('a number of very many digits');
  const group = (index: number): string => {
    const value = index >= 0 && index < groups ? bytes.readUInt16BE(8 + index * 2) : 0;
    return String(value).padStart(4, '0');
  };
  let whole = '';
  for (let index = 0; index <= weight; index += 1) whole += group(index);
  let decimals = '';
  for (let index = weight + 1; decimals.length < scale; index += 1) decimals += group(index);
  const integer = whole.replace(/^0+(?=\d)/, '') || '0';
  const text = scale > 0 ? `${integer}.${decimals.slice(0, scale)}` : integer;
  return sign === negative ? `-${text}` : text;
}

/** The shortest text that reads back as the same 4-byte float. */
export function printFloat4(value: number): number | string {
  if (!Number.isFinite(value)) return String(value);
  for (let precision = 1; precision < 9; precision += 1) {
    const short = Number(value.toPrecision(precision));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}
