/** A finite number as digits × 10^-scale, exactly as its shortest decimal text says: 0.1 is 1 × 10^-1. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

const numberText = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/;

export function decimalOf(value: number): Decimal {
  const match = numberText.exec(String(value));
  if (match === null) return { digits: 0n, scale: 0 };
  const fraction = match[3] ?? '';
  const scale = fraction.length - Number(match[4] ?? 0);
  const digits = BigInt(`${match[1] ?? ''}${match[2] ?? '0'}${fraction}`);
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
}

/** The nearest double of digits × 10^-scale. */
export function numberOf({ digits, scale }: Decimal): number {
  return Number(`${digits}e-${scale}`);
}

/** The digits of a decimal at another, larger scale. */
export function atScale(decimal: Decimal, scale: number): bigint {
  return decimal.digits * 10n ** BigInt(Math.max(0, scale - decimal.scale));
}

/**
 * Whether a value is a whole multiple of a divisor in decimal arithmetic, as a person reads both: 1.1 is a multiple of 0.01. Doubles
 * beyond 2^53 no longer tell which number was written, so there every multiple of a whole divisor is given the benefit of the doubt.
 */
export function isMultipleOf(value: number, divisor: number): boolean {
  if (!Number.isFinite(value)) return false;
  if (Number.isSafeInteger(value) && Number.isSafeInteger(divisor)) return value % divisor === 0;
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return true;
  const a = decimalOf(value);
  const b = decimalOf(divisor);
  const scale = Math.max(a.scale, b.scale);
  // Thousands of digits come only from numbers such as 1e-300, where there is nothing left to be exact about.
  if (scale > 400) return true;
  const step = atScale(b, scale);
  return step === 0n || atScale(a, scale) % step === 0n;
}
