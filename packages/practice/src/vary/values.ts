import type { Json } from '@assay/contract';

/** What is wrong with an expression, in words. */
export class ExpressionError extends Error {}

export function number(value: Json): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new ExpressionError(`A number is needed, not ${JSON.stringify(value)}.`);
}

/** How a value stands in a text. */
export function plain(value: Json): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(Number(value.toPrecision(12)));
  return Array.isArray(value) ? (value as readonly Json[]).map(plain).join(', ') : JSON.stringify(value);
}
