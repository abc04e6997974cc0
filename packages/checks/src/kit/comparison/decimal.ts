/** Doubles reach no further; what does is no number that anybody meant. */
const mostExponent = 400;

/** A decimal in its shortest form, also of one with an exponent, compared as text so that no digit is lost; null for what is none. */
export function decimal(text: string): string | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const shift = Number(exponent);
  if ((whole === '' && fraction === '') || Math.abs(shift) > mostExponent) return null;
  const point = whole.length + shift;
  const all = '0'.repeat(Math.max(0, -point)) + whole + fraction + '0'.repeat(Math.max(0, shift - fraction.length));
  const [left, right] = [
    withoutLeadingZeros(all.slice(0, Math.max(0, point))),
    withoutTrailingZeros(all.slice(Math.max(0, point))),
  ];
  const digits = `${left === '' ? '0' : left}${right === '' ? '' : `.${right}`}`;
  return digits === '0' ? '0' : `${sign === '-' ? '-' : ''}${digits}`;
}

function withoutLeadingZeros(digits: string): string {
  let start = 0;
  while (digits[start] === '0') start += 1;
  return digits.slice(start);
}

/** By a loop: `0+$` takes the square of the length where zeros stand in the midst. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}
