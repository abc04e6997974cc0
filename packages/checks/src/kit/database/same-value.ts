import type { Json } from '@assay/contract';

/**
 * Whether a value of the contract is what a column holds, given as PostgreSQL prints it in JSON. Numbers are compared as decimals (also as
 * hundredths, for money that is kept in cents), instants as instants.
 */
export function isSameValue(value: Json, stored: string | null): boolean {
  if (value === null) return stored === null;
  if (stored === null) return false;
  if (typeof value === 'boolean') return stored === String(value) || stored === (value ? '1' : '0');
  if (typeof value === 'number') return sameNumber(value, stored);
  if (typeof value !== 'string') return false;
  if (value === stored || value.trim() === stored) return true;
  if (/^[+-]?\d+(\.\d+)?$/.test(value)) return sameNumber(Number(value), stored);
  if (value.toLowerCase() === stored.toLowerCase()) return true;
  return sameInstant(value, stored);
}

function sameNumber(value: number, printed: string): boolean {
  // The type money comes with the sign of its currency.
  const stored = printed.replaceAll(/[$,]/g, '');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(stored)) return false;
  const other = Number(stored);
  return other === value || Math.abs(other - value) < Math.abs(value) * 1e-6 || other === Math.round(value * 100);
}

function sameInstant(value: string, stored: string): boolean {
  if (!/^\d{4}-\d\d-\d\d/.test(value) || !/^\d{4}-\d\d-\d\d[T ]\d\d:/.test(stored)) return false;
  const zoned = /([Zz]|[+-]\d\d(:?\d\d)?)$/.test(stored) ? stored : `${stored}Z`;
  return Math.abs(Date.parse(value) - Date.parse(zoned)) < 1000;
}
