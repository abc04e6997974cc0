import type { Exchange, FindingDraft, Statement } from '@assay/contract';
import { list as inWords, requestLine, shorten } from '../words.ts';
import { powerOf } from './statistics.ts';

/** What one request cost when there were so many rows. */
export interface Measured {
  readonly rows: number;
  readonly items: number;
  /** Null when statements are not seen. */
  readonly statements: number | null;
  readonly rowsRead: number | null;
  /** Milliseconds, of several requests. */
  readonly times: readonly number[];
  /** CPU time of the backend for one request, in milliseconds; only measured where the times are a reason to. */
  readonly cpuMs?: number | null;
  readonly exchange: Exchange;
  /** The statements that read most. */
  readonly reads: readonly Statement[];
}

/**
 * One request at three sizes, and where it is a list without pages at a fourth. `page`: a page of fixed length of a list that grows; `search`: one that finds nothing in it; `one`: one thing among more and
 * more; `all`: a list without pages; `length`: longer and longer pages of one list.
 */
export interface Series {
  readonly operation: string;
  readonly kind: 'page' | 'search' | 'one' | 'all' | 'length';
  readonly measured: readonly Measured[];
}

/** Work that grows faster than this power of what is asked for is no matter of constant costs any more. */
const superLinear = 1.5;
/** Of the rows that were added, so many must have been read more, at both steps, before reading counts as growing with the table. */
const leastShareOfAdded = 0.5;
/** Time alone is believed only when it is long and its growth steep even between the slowest before and the fastest after. Milliseconds. */
const leastMs = 100;

/** The finding for a series, or null. Counts come first, for they are exact. */
export function growthComplaint(series: Series): FindingDraft | null {
  const [small, middle, large] = series.measured;
  if (small === undefined || middle === undefined || large === undefined) return null;
  const bounded = series.kind === 'page' || series.kind === 'search' || series.kind === 'one';
  const counts = [
    ['rows', small.rowsRead, middle.rowsRead, large.rowsRead],
    ['statements', small.statements, middle.statements, large.statements],
  ] as const;
  for (const [what, ...values] of counts) {
    const [few, some, many] = values;
    if (few === null || some === null || many === null) continue;
    if (bounded) {
      // What the answer holds does not grow; neither may what it takes.
      if (large.items > middle.items || middle.items > small.items) continue;
      const steps = [(some - few) / (middle.rows - small.rows), (many - some) / (large.rows - middle.rows)];
      if (steps.some((step) => step < leastShareOfAdded)) continue;
      return complaint(
        series,
        what,
        [few, some, many],
        `the ${large.items === 1 ? 'one' : large.items} it answers with`,
        large,
      );
    }
    const exponents = [exponent(small.items, middle.items, few, some), exponent(middle.items, large.items, some, many)];
    if (exponents.some((power) => power === null || power < superLinear)) continue;
    return complaint(
      series,
      what,
      [few, some, many],
      `${small.items}, ${middle.items} and ${large.items} items`,
      large,
    );
  }
  return slowComplaint(series, small, middle, large);
}

/** The power of `size` with which `cost` grew; null when the size hardly did. */
function exponent(sizeBefore: number, sizeAfter: number, before: number, after: number): number | null {
  if (sizeBefore < 1 || sizeAfter < sizeBefore * 1.5 || before < 1) return null;
  return Math.log(after / before) / Math.log(sizeAfter / sizeBefore);
}

function complaint(
  { operation, kind, measured }: Series,
  what: 'rows' | 'statements',
  [few, some, many]: readonly [number, number, number],
  asked: string,
  large: Measured,
): FindingDraft {
  const verb = what === 'rows' ? 'reads' : 'runs';
  const where =
    kind === 'length'
      ? 'for pages of growing length'
      : `as there are ${inWords(measured.slice(0, 3).map(({ rows }) => rows))} rows`;
  return {
    key: `${operation} ${kind} ${what}`,
    title: `${requestLine(large.exchange)} ${verb} ${few}, ${some} and ${many} ${what} ${where}, for ${asked}`,
    detail:
      kind === 'length' || kind === 'all'
        ? 'What it takes to answer grows much faster than the answer: for twice the items, three times the work or more. On a small table that cannot be noticed; on a large one the same request takes minutes.'
        : 'The answer stays as long as it was, and what the database must send for it grows with the table: the choice of what to answer with is made in the program, after everything has been read. With a thousand times the rows it takes a thousand times the time and the memory.',
    fix:
      what === 'rows'
        ? 'Let the database choose: WHERE for what is searched, LIMIT for the page, COUNT and SUM for totals, with an index on what they look at. Read what belongs to all items of a page once, not once for each.'
        : 'Fetch what belongs together with one statement: a join, or `WHERE id = ANY($1)`.',
    operation,
    evidence: [
      { kind: 'value', label: what, actual: [few, some, many] },
      { kind: 'exchange', exchange: large.exchange },
      {
        kind: 'statements',
        statements: large.reads,
        note: `of the last request; ${shorten(large.reads[0]?.text ?? '', 80)}`,
      },
    ],
  };
}

function slowComplaint(series: Series, small: Measured, middle: Measured, large: Measured): FindingDraft | null {
  const longer = series.measured[3];
  if (isSteep(series, small, middle, large, fastest(large))) return slow(series, [small, middle, large]);
  // Of longer lists the backend's own work is asked besides: a machine that does other things meanwhile adds nothing to that.
  if (longer === undefined || longer.cpuMs == null || !isSteep(series, middle, large, longer, fastest(longer)))
    return null;
  return isSteep(series, middle, large, longer, longer.cpuMs) ? slow(series, series.measured) : null;
}

/** Whether the times of the last size are a reason to measure what it costs the backend. */
export function mayBeSteep(series: Series): boolean {
  const [before, middle, large] = series.measured.slice(-3);
  if (before === undefined || middle === undefined || large === undefined) return false;
  return isSteep(series, before, middle, large, fastest(large));
}

/** Whether a cost of the last size is long, and its growth steep even from the slowest before. */
function isSteep(series: Series, before: Measured, middle: Measured, large: Measured, ms: number): boolean {
  if (ms < leastMs) return false;
  const size = sizeIn(series);
  const sure = exponent(size(middle), size(large), slowest(middle), ms);
  const earlier = exponent(size(before), size(middle), fastest(before), fastest(middle));
  return sure !== null && sure >= superLinear && earlier !== null && earlier >= 1;
}

function fastest({ times }: Measured): number {
  return Math.min(...times);
}

function slowest({ times }: Measured): number {
  return Math.max(...times);
}

function sizeIn({ kind }: Series): (one: Measured) => number {
  return (one) => (kind === 'all' || kind === 'length' ? one.items : one.rows);
}

function slow(series: Series, measured: readonly Measured[]): FindingDraft | null {
  const [large, middle] = measured.toReversed();
  if (large === undefined || middle === undefined) return null;
  const size = sizeIn(series);
  const sure = exponent(size(middle), size(large), slowest(middle), fastest(large)) ?? 0;
  const fitted = powerOf(measured.map((one) => [size(one), fastest(one)]));
  const times = measured.map((one) => Math.round(fastest(one)));
  const unit = series.kind === 'all' || series.kind === 'length' ? 'items' : 'rows';
  const over =
    fitted === null
      ? ''
      : ` Over all sizes the fitted power is ${fitted.value.toFixed(1)} (${fitted.low.toFixed(1)}–${fitted.high.toFixed(1)}).`;
  const cpu =
    large.cpuMs == null
      ? ''
      : ` For each of the last requests its processes used ${Math.round(large.cpuMs)} ms of CPU time.`;
  return {
    key: `${series.operation} ${series.kind} time`,
    title: `${requestLine(large.exchange)} takes ${times.join(', ')} ms for ${measured.map(size).join(', ')} ${unit}`,
    detail: `Its time grows with at least the power ${sure.toFixed(1)} of the size, measured from the slowest of ${middle.times.length} requests before to the fastest of ${large.times.length} after.${over}${cpu} Something compares everything with everything.`,
    fix: 'Look for a loop over all items inside of a loop over all items; look things up in a map, or let the database join them.',
    operation: series.operation,
    evidence: [
      { kind: 'value', label: 'fastest, in milliseconds', actual: times },
      { kind: 'exchange', exchange: large.exchange },
    ],
  };
}
