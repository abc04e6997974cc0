import type { RunRecord } from './evidence/evidence-question.ts';

/** An empty database of its own, whose owner has no rights beyond it. */
export interface ScratchDatabase {
  /** A host name, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Asks as the server's administrator. */
  administer(text: string, parameters?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
  drop(): Promise<void>;
}

/** How a small backend fared with some checks. */
export interface BackendJudgement {
  readonly passed: boolean;
  /** What was found, a sentence each. */
  readonly said: readonly string[];
}

/** What practice needs of the floors that it may not know. */
export interface PracticePorts {
  /** Throws the fault postgres-unavailable. */
  database(): Promise<ScratchDatabase>;
  judgeBackend(folder: string, checks: readonly string[], seed: number): Promise<BackendJudgement>;
  /** The person's last run, for questions about it; null without one. */
  lastRun(): RunRecord | null;
  /** The folder that holds the challenges, for questions made of their mutants; null where there is none. */
  readonly challenges: string | null;
}
