import type { UsageSample } from '@assay/contract';

/** How long the requests to one operation took, in classes whose bounds grow by a constant factor. */
export interface LatencySeries {
  /** Null: all requests of the run. */
  readonly operation: string | null;
  readonly requests: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly slowest: number;
  /** The lower bounds of the classes in milliseconds, ascending, the same for all series of a run. */
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
}

/** What happened in one stretch of the run. All stretches of a run are equally long. */
export interface TimelinePoint {
  /** Milliseconds since the start of the run. */
  readonly at: number;
  readonly requests: number;
  /** Of them: answered 5xx, or not at all. */
  readonly failed: number;
  readonly statements: number;
  readonly perSecond: number;
  /** Milliseconds; null where no request began. */
  readonly p50: number | null;
  readonly p95: number | null;
}

export interface StatementsOfOperation {
  readonly operation: string;
  /** Requests whose statements are known for certain. */
  readonly requests: number;
  readonly least: number;
  readonly median: number;
  readonly most: number;
  /** The exchange that ran the most. */
  readonly worst: string;
}

/** A power law through the points: cost = factor · size^exponent. */
export interface PowerFit {
  readonly factor: number;
  readonly exponent: number;
}

export interface GrowthSeries {
  readonly operation: string;
  /** As `performance/cost-growth` names it: a page, a search, one thing, a whole list, pages of growing length. */
  readonly kind: 'page' | 'search' | 'one' | 'all' | 'length';
  /** What grew: the rows that are stored, or the items that are asked for. */
  readonly over: 'rows' | 'items';
  readonly points: readonly {
    readonly size: number;
    readonly statements: number | null;
    readonly rowsRead: number | null;
    /** Milliseconds of the fastest of several requests. */
    readonly ms: number | null;
  }[];
  readonly fit: {
    readonly statements: PowerFit | null;
    readonly rowsRead: PowerFit | null;
    readonly ms: PowerFit | null;
  };
}

/** Resident memory after so many requests under load. */
export interface MemoryPoint {
  readonly requests: number;
  readonly bytes: number;
}

/** Everything that is drawn of a run, small enough to be sent whole. */
export interface Plots {
  readonly latency: readonly LatencySeries[];
  readonly timeline: readonly TimelinePoint[];
  readonly statementsPerRequest: readonly StatementsOfOperation[];
  readonly usage: readonly UsageSample[];
  readonly growth: readonly GrowthSeries[];
  readonly memory: readonly MemoryPoint[];
}
