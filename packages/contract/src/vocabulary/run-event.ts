import type { Exchange } from './exchange.ts';
import type { CheckResult, Report, SandboxReport, Stack, UsageSample } from './report.ts';
import type { Skill } from './skills.ts';
import type { Severity } from './finding.ts';
import type { Statement } from './statement.ts';

export type Phase = 'detect' | 'build' | 'database' | 'launch' | 'checks' | 'report';

export interface PlannedCheck {
  readonly id: string;
  readonly area: string;
  readonly claim: string;
  readonly skill: Skill;
  readonly severity: Severity;
}

/**
 * A run is a stream of these; the report is a fold over it (`foldReport`). `at` is milliseconds since the start of the run, and
 * `sequence` counts up from 1 without gaps.
 */
export type RunEvent = { readonly sequence: number; readonly at: number } & RunEventBody;

export type RunEventBody =
  | {
      readonly type: 'run-started';
      readonly run: string;
      readonly seed: number;
      readonly tool: Report['tool'];
      readonly backendPath: string;
      readonly challenge: string | null;
      readonly challengeFolder?: string;
      readonly startTimeoutSeconds?: number;
      readonly startedAt: string;
    }
  | { readonly type: 'contract-read'; readonly contract: Report['contract'] }
  | { readonly type: 'phase-started'; readonly phase: Phase; readonly title: string }
  | { readonly type: 'phase-ended'; readonly phase: Phase; readonly durationMs: number; readonly ok: boolean }
  | {
      readonly type: 'stack-detected';
      readonly stack: Stack;
      readonly sourceHash: string;
      readonly build: readonly string[];
      readonly start: string;
    }
  | { readonly type: 'sandbox-chosen'; readonly sandbox: SandboxReport }
  /** A line that a build or a backend printed; `instance` is null for the build. Control characters are already made visible. */
  | {
      readonly type: 'output';
      readonly source: 'build' | 'release' | 'backend';
      readonly instance: string | null;
      readonly stream: 'stdout' | 'stderr';
      readonly line: string;
    }
  | { readonly type: 'checks-planned'; readonly checks: readonly PlannedCheck[] }
  | { readonly type: 'check-started'; readonly id: string }
  | { readonly type: 'check-progress'; readonly id: string; readonly note: string }
  | { readonly type: 'check-ended'; readonly result: CheckResult }
  | { readonly type: 'exchange'; readonly exchange: Exchange }
  | {
      readonly type: 'statement';
      readonly instance: string;
      readonly exchange: string | 'ambiguous' | null;
      readonly statement: Statement;
    }
  | { readonly type: 'usage'; readonly instance: string; readonly sample: UsageSample }
  | {
      readonly type: 'run-ended';
      readonly verdict: Report['verdict'];
      readonly reason: string;
      readonly cutOff?: string;
      readonly durations: Report['durations'];
      readonly traffic: Report['traffic'];
    };
