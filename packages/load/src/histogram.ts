/** Values below it have a bucket of their own; above, each power of two is parted into half as many. */
const exact = 2048;
const half = exact / 2;
const shift = Math.log2(half);
/** Up to 2^32 − 1 microseconds, which is more than an hour. */
const buckets = exact + (32 - shift - 1) * half;

/**
 * Counts of durations in microseconds, to a relative error of at most 1/1024, in 92 KB whatever their number. The layout is that of
 * HdrHistogram (a linear part in each power of two); written here because it is a page long and its package brings a WebAssembly
 * loader and a compressor for what is not needed.
 */
export class Histogram {
  readonly #counts = new Uint32Array(buckets);
  #count = 0;
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = 0;

  get count(): number {
    return this.#count;
  }

  record(milliseconds: number): void {
    const value = Math.min(0xffff_ffff, Math.max(0, Math.round(milliseconds * 1000)));
    const index = indexOf(value);
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.#count += 1;
    this.#sum += value;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
  }

  add(other: Histogram): void {
    for (let index = 0; index < buckets; index += 1)
      this.#counts[index] = (this.#counts[index] ?? 0) + (other.#counts[index] ?? 0);
    this.#count += other.#count;
    this.#sum += other.#sum;
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
  }

  /** The value in milliseconds that `share` of all values do not exceed (nearest rank); NaN when there are none. @param share in (0, 1] */
  percentile(share: number): number {
    let left = Math.max(1, Math.ceil(this.#count * share));
    if (this.#count === 0) return Number.NaN;
    for (let index = 0; index < buckets; index += 1) {
      left -= this.#counts[index] ?? 0;
      // The middle of the bucket, but never beyond what was seen.
      if (left <= 0) return Math.min(this.#max, Math.max(this.#min, middleOf(index))) / 1000;
    }
    return this.#max / 1000;
  }

  summary(): LatencySummary {
    const none = this.#count === 0;
    return {
      count: this.#count,
      min: none ? Number.NaN : this.#min / 1000,
      mean: none ? Number.NaN : this.#sum / this.#count / 1000,
      p50: this.percentile(0.5),
      p90: this.percentile(0.9),
      p99: this.percentile(0.99),
      p999: this.percentile(0.999),
      max: none ? Number.NaN : this.#max / 1000,
      relativeError: 1 / half,
    };
  }
}

/** Milliseconds; NaN where nothing was measured. */
export interface LatencySummary {
  readonly count: number;
  readonly min: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
  /** How far a percentile may be from the exact value, as a share of it. Below 2 ms they are exact to the microsecond. */
  readonly relativeError: number;
}

function indexOf(value: number): number {
  if (value < exact) return value;
  const power = 31 - Math.clz32(value);
  return exact + (power - shift - 1) * half + ((value >>> (power - shift)) & (half - 1));
}

function middleOf(index: number): number {
  if (index < exact) return index;
  const power = Math.floor((index - exact) / half) + 1;
  const width = 2 ** power;
  return (half + ((index - exact) % half)) * width + (width - 1) / 2;
}
