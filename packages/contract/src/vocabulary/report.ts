import type { Exchange } from './exchange.ts';
import type { Finding, Severity } from './finding.ts';
import type { Skill } from './skills.ts';
import type { Statement } from './statement.ts';

export const reportSchemaVersion = 1;

export type Verdict = 'passed' | 'failed' | 'undecided';
export type CheckStatus = Verdict | 'not-applicable';

/** Language, framework and runtime, as detected: `{ language: 'Java', framework: 'Spring Boot', runtime: 'OpenJDK 17' }`. */
export interface Stack {
  readonly language: string;
  readonly framework: string | null;
  readonly runtime: string | null;
}

export interface CheckResult {
  readonly id: string;
  readonly area: string;
  readonly claim: string;
  readonly skill: Skill;
  readonly severity: Severity;
  readonly status: CheckStatus;
  /** Why it is undecided or not applicable, or what a pass rests on ("214 requests to 6 operations"). */
  readonly reason: string;
  readonly durationMs: number;
  readonly findings: readonly Finding[];
}

export interface SkillResult {
  readonly passed: number;
  readonly failed: number;
  readonly undecided: number;
}

/** A point of the resource samples of the backend's whole process tree. */
export interface UsageSample {
  /** Milliseconds since the start of the run. */
  readonly at: number;
  /** CPU time used since the sample before, as a share of one core. */
  readonly cpu: number;
  readonly rssBytes: number;
}

export interface SandboxReport {
  readonly kind: 'bubblewrap' | 'none';
  /** Said plainly to the person: what is and is not held back. */
  readonly note: string;
}

/** One judgement of a backend, whole. `--format json` prints it; the schema is published with the package. */
export interface Report {
  readonly schemaVersion: typeof reportSchemaVersion;
  readonly tool: { readonly name: 'assay'; readonly version: string };
  /** The id of the run, under which its events are kept. */
  readonly run: string;
  readonly seed: number;
  readonly backend: { readonly path: string; readonly stack: Stack; readonly sourceHash: string };
  readonly contract: {
    readonly source: string;
    readonly title: string;
    readonly operations: number;
    readonly problems: readonly ContractProblem[];
  };
  readonly challenge: string | null;
  /** The folder of a challenge that does not come with Assay, as the command line named it; absolute. */
  readonly challengeFolder?: string;
  /** Seconds that the backend was given to answer, where the command line said how many. */
  readonly startTimeoutSeconds?: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Milliseconds. */
  readonly durations: {
    readonly build: number;
    readonly ready: number;
    readonly checks: number;
    readonly total: number;
  };
  readonly sandbox: SandboxReport;
  readonly verdict: Verdict;
  /** One sentence: why this verdict. */
  readonly reason: string;
  /** Why the run did not come to its end, whatever its verdict; absent when it did. */
  readonly cutOff?: string;
  readonly skills: Readonly<Record<Skill, SkillResult>>;
  readonly checks: readonly CheckResult[];
  readonly traffic: { readonly exchanges: number; readonly statements: number };
}

/** Something odd in a contract that could be worked around; a contract that cannot be read at all is a fault. */
export interface ContractProblem {
  readonly message: string;
  /** 1-based; null when it cannot be told. */
  readonly line: number | null;
  readonly column: number | null;
  /** JSON Pointer into the document. */
  readonly pointer: string;
}

/** What a run recorded besides its report, for plots and search. Kept beside the report, never inside it. */
export interface Recording {
  readonly exchanges: readonly Exchange[];
  readonly statements: readonly (Statement & {
    readonly instance: string;
    readonly exchange: string | 'ambiguous' | null;
  })[];
  /** How many more statements an exchange ran than are kept of it, by its id; one that is not named here is whole. */
  readonly leftOut?: Readonly<Record<string, number>>;
  readonly usage: readonly UsageSample[];
}
