/** A decimal in its shortest form, compared as text so that no digit is lost; null for what is none. */
export function decimal(text: string): string | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = ''] = match;
  if (whole === '' && fraction === '') return null;
  const [left, right] = [withoutLeadingZeros(whole), withoutTrailingZeros(fraction)];
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
