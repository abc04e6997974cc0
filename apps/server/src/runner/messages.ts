import type { Report, RunEvent } from '@assay/contract';
import type { Home } from '@assay/engine';
import type { Plots } from '@assay/prove';
import type { Overrides, StoredFault } from '../database/tables.ts';

/** What the process that judges is told to do. */
export interface JudgeOrder {
  readonly folder: string;
  readonly challenge: string | null;
  readonly contract: string | null;
  readonly overrides: Overrides;
  readonly only: readonly string[];
  /** These checks before all others. */
  readonly first?: readonly string[];
  readonly seed: number;
  readonly budgetSeconds: number | null;
  /** Only this operation is of interest; for a replay. */
  readonly focus: string | null;
  /** For a replay: leaves no record. */
  readonly transient: boolean;
  readonly home: Home;
  readonly ownServer: string | undefined;
  readonly version: string;
}

/** What it tells. `events` come in the order of their sequence. */
export type JudgeMessage =
  | { readonly type: 'events'; readonly events: readonly RunEvent[] }
  | { readonly type: 'report'; readonly report: Report; readonly plots: Plots | null }
  | { readonly type: 'fault'; readonly fault: StoredFault };

export type JudgeCommand = { readonly type: 'judge'; readonly order: JudgeOrder } | { readonly type: 'stop' };
