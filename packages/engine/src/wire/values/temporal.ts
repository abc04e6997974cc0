/** Days from 1970-01-01 to 2000-01-01, from which PostgreSQL counts. */
const epochDays = 10_957n;
const dayMicros = 86_400_000_000n;
const infinityDate = 0x7fffffff;
const negativeInfinityDate = -0x80000000;
const infinityTime = 0x7fffffffffffffffn;
const negativeInfinityTime = -0x8000000000000000n;

/** A date as `2026-01-31`, `0044-03-15 BC`, `infinity`. @param days since 2000-01-01 */
export function printDate(days: number): string {
  if (days === infinityDate) return 'infinity';
  if (days === negativeInfinityDate) return '-infinity';
  const { date, era } = calendar(BigInt(days));
  return `${date}${era}`;
}

/** A time of day as `23:59:59.5`. @param micros since midnight */
export function printTime(micros: bigint): string {
  const seconds = micros / 1_000_000n;
  const clock = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n].map((part) => pad(part, 2)).join(':');
  return `${clock}${fraction(micros % 1_000_000n)}`;
}

/** A time stamp as PostgreSQL prints it in ISO style. @param micros since 2000-01-01 00:00 @param zone appended: `+00` for one with a zone */
export function printTimestamp(micros: bigint, zone: string): string {
  if (micros === infinityTime) return 'infinity';
  if (micros === negativeInfinityTime) return '-infinity';
  const days = floorDivide(micros, dayMicros);
  const { date, era } = calendar(days);
  return `${date} ${printTime(micros - days * dayMicros)}${zone}${era}`;
}

/** An offset from UTC as `+05:30`. @param west seconds west of Greenwich, as the protocol has it */
export function printZone(west: number): string {
  const seconds = Math.abs(west);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  while (parts.length > 1 && parts.at(-1) === 0) parts.pop();
  return `${west > 0 ? '-' : '+'}${parts.map((part) => pad(BigInt(part), 2)).join(':')}`;
}

/** An interval in PostgreSQL's own style: `1 year 2 mons 3 days 04:05:06.789`. */
export function printInterval(months: number, days: number, micros: bigint): string {
  const parts: string[] = [];
  let negativeBefore = false;
  const unit = (count: number, name: string): void => {
    if (count === 0) return;
    const sign = negativeBefore && count > 0 ? '+' : '';
    parts.push(`${sign}${count} ${name}${count === 1 ? '' : 's'}`);
    negativeBefore = count < 0;
  };
  unit(Math.trunc(months / 12), 'year');
  unit(months % 12, 'mon');
  unit(days, 'day');
  if (micros !== 0n || parts.length === 0) {
    const sign = micros < 0n ? '-' : negativeBefore ? '+' : '';
    parts.push(`${sign}${printTime(micros < 0n ? -micros : micros)}`);
  }
  return parts.join(' ');
}

/** The proleptic Gregorian calendar by counting days in cycles of 400 years; years before 1 are printed with BC. */
function calendar(sincePostgresEpoch: bigint): { readonly date: string; readonly era: string } {
  // From 0000-03-01, so that the leap day is the last of its year.
  const days = sincePostgresEpoch + epochDays + 719_468n;
  const cycle = floorDivide(days, 146_097n);
  const dayOfCycle = days - cycle * 146_097n;
  const yearOfCycle = (dayOfCycle - dayOfCycle / 1460n + dayOfCycle / 36_524n - dayOfCycle / 146_096n) / 365n;
  const dayOfYear = dayOfCycle - (365n * yearOfCycle + yearOfCycle / 4n - yearOfCycle / 100n);
  const shifted = (5n * dayOfYear + 2n) / 153n;
  const day = dayOfYear - (153n * shifted + 2n) / 5n + 1n;
  const month = shifted < 10n ? shifted + 3n : shifted - 9n;
  const year = cycle * 400n + yearOfCycle + (month <= 2n ? 1n : 0n);
  const shown = year > 0n ? year : 1n - year;
  return { date: `${pad(shown, 4)}-${pad(month, 2)}-${pad(day, 2)}`, era: year > 0n ? '' : ' BC' };
}

function fraction(micros: bigint): string {
  return micros === 0n ? '' : `.${pad(micros, 6).replace(/0+$/, '')}`;
}

function pad(value: bigint, width: number): string {
  return String(value).padStart(width, '0');
}

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value < 0n && quotient * by !== value ? quotient - 1n : quotient;
}
