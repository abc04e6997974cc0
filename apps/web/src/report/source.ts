import type { Finding, Report } from '@assay/contract';
import type { ExchangeDetail, ExchangeSummary, Plots } from '@assay/prove';

export interface ExchangeQuery {
  /** Words that must all be in the request, the answer or the SQL. */
  readonly q: string;
  readonly method: string | null;
  /** In the API's words; `none`: there was no answer. */
  readonly status: `${2 | 3 | 4 | 5}xx` | 'none' | null;
  readonly check: string | null;
}

export interface ExchangePage {
  readonly items: readonly ExchangeSummary[];
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
}

/** What a replay found, in a sentence. */
export interface ReplayOutcome {
  readonly outcome: 'still-there' | 'gone' | 'undecided';
  readonly text: string;
}

/** Where a report comes from: the API, or the file in which it stands. */
export interface ReportSource {
  report(): Promise<Report>;
  plots(): Promise<Plots>;
  exchanges(query: ExchangeQuery, cursor: string | null, signal: AbortSignal): Promise<ExchangePage>;
  /** Null: it is not kept. */
  exchange(id: string): Promise<ExchangeDetail | null>;
  /** The page of a check in the handbook, as Markdown; null when there is none. */
  handbook(check: string): Promise<string | null>;
  /** Calls each time that what could not be reached can be reached again, until the returned function is called; a file always can. */
  readonly whenBack?: (again: () => void) => () => void;
  /** Sends the finding's requests again; a file cannot, and shows the command. */
  readonly replay?: (finding: Finding) => Promise<ReplayOutcome>;
}
