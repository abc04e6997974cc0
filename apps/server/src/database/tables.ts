import type { Report, RunEvent } from '@assay/contract';
import type { Answer, Mark, Shown } from '@assay/practice';
import type { Plots } from '@assay/prove';
import type { ColumnType, Generated } from 'kysely';

/** Read as it is, written as JSON text. */
type Json<T> = ColumnType<T, string, string>;
type NullableJson<T> = ColumnType<T | null, string | null | undefined, string | null>;
type Time = ColumnType<Date, Date | undefined, Date>;
type NullableTime = ColumnType<Date | null, Date | null | undefined, Date | null>;

export type RunStatus = 'queued' | 'running' | 'finished' | 'interrupted' | 'stopped' | 'broken';

export interface StoredFault {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

/** What the person corrected of what was detected. */
export interface Overrides {
  readonly build?: string | undefined;
  readonly start?: string | undefined;
  readonly release?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly database?: 'postgres' | 'none' | undefined;
}

export interface BackendTable {
  id: string;
  folder: string;
  name: string;
  challenge: string | null;
  contract: string | null;
  overrides: Json<Overrides>;
  created_at: Time;
  updated_at: Time;
}

export interface RunTable {
  id: string;
  backend_id: string | null;
  previous_id: string | null;
  folder: string;
  challenge: string | null;
  contract: string | null;
  /** The checks and areas that were asked for; none: all. */
  wanted: ColumnType<string[], readonly string[], readonly string[]>;
  seed: number;
  budget_seconds: number | null;
  watch: boolean;
  status: RunStatus;
  fault: NullableJson<StoredFault>;
  verdict: Report['verdict'] | null;
  reason: Generated<string>;
  passed: Generated<number>;
  failed: Generated<number>;
  undecided: Generated<number>;
  not_applicable: Generated<number>;
  stack: NullableJson<Report['backend']['stack']>;
  created_at: Time;
  started_at: NullableTime;
  ended_at: NullableTime;
}

/** The report stands apart: it is large, and lists of runs do not need it. */
export interface ReportTable {
  run_id: string;
  report: Json<Report>;
  /** Null: to be made from the events. */
  plots: NullableJson<Plots>;
}

export interface RunEventTable {
  run_id: string;
  sequence: number;
  type: RunEvent['type'];
  at: number;
  /** `e-12` for an exchange, and for a statement that it caused. */
  exchange: string | null;
  body: Json<RunEvent>;
}

export interface ReplayTable {
  id: string;
  run_id: string;
  finding: string;
  status: 'queued' | 'running' | 'finished' | 'broken' | 'interrupted';
  outcome: 'still-there' | 'gone' | 'undecided' | null;
  reason: Generated<string>;
  result: NullableJson<unknown>;
  created_at: Time;
  ended_at: NullableTime;
}

export type AttemptStatus = 'open' | 'marking' | 'proposed' | 'answered' | 'left';

/** A question that was opened in the browser. */
export interface PracticeAttemptTable {
  id: string;
  question: string;
  seed: number;
  /** The id of the mock interview that it belongs to. */
  interview: string | null;
  status: ColumnType<AttemptStatus, AttemptStatus | undefined, AttemptStatus>;
  shown: Json<Shown>;
  hints: ColumnType<number, number | undefined, number>;
  answer: NullableJson<Answer>;
  mark: NullableJson<Mark>;
  rating: number | null;
  seconds: Generated<number>;
  thinking_seconds: Generated<number>;
  due_at: NullableTime;
  opened_at: Time;
  answered_at: NullableTime;
}

/** One row for each setting that was changed. */
export interface SettingTable {
  name: string;
  value: Json<unknown>;
}

export interface Tables {
  backend: BackendTable;
  run: RunTable;
  report: ReportTable;
  run_event: RunEventTable;
  replay: ReplayTable;
  setting: SettingTable;
  practice_attempt: PracticeAttemptTable;
}
