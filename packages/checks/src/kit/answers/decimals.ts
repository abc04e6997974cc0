import { isJsonObject, type Json } from '@assay/contract';

const decimalText = /^-?\d{1,30}(\.\d{1,12})?$/;

/** A number or a decimal written as text, with the JSON Pointer of its place. */
export interface DecimalPlace {
  readonly place: string;
  readonly value: number | string;
}

/** Every place of a value that holds a number or a decimal text. */
export function decimalPlaces(value: Json | undefined, at = ''): readonly DecimalPlace[] {
  if (typeof value === 'number') return [{ place: at, value }];
  if (typeof value === 'string') return decimalText.test(value) ? [{ place: at, value }] : [];
  if (Array.isArray(value)) return [];
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    decimalPlaces(item, `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}

/** `after - before`, exactly for what has at most twelve decimals. */
export function difference(after: number | string, before: number | string): string {
  const [a, b] = [scaled(after), scaled(before)];
  if (a === null || b === null) return String(Number(after) - Number(before));
  return unscaled(a - b);
}

/** The value times numerator / denominator, rounded towards zero to as many decimals as it has, and of its own type. */
export function multiplied(value: number | string, numerator: number, denominator = 1): number | string {
  const exact = scaled(value);
  if (exact === null) return value;
  const decimals = String(value).split('.')[1]?.length ?? 0;
  const step = 10n ** BigInt(places - decimals);
  const product = (exact * BigInt(numerator)) / BigInt(denominator);
  const text = unscaled(product - (product % step), decimals);
  return typeof value === 'number' ? Number(text) : text;
}

const places = 12;

function scaled(value: number | string): bigint | null {
  const match = /^(-?)(\d+)(?:\.(\d{1,12}))?$/.exec(String(value));
  if (match === null) return null;
  const [, sign, whole = '0', fraction = ''] = match;
  const digits = BigInt(whole + fraction.padEnd(places, '0'));
  return sign === '-' ? -digits : digits;
}

function unscaled(value: bigint, decimals = 0): string {
  const negative = value < 0n;
  const digits = (negative ? -value : value).toString().padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '').padEnd(decimals, '0');
  return `${negative ? '-' : ''}${digits.slice(0, -places)}${fraction === '' ? '' : `.${fraction}`}`;
}
