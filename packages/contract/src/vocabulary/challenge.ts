import type { HistorySource } from './history.ts';
import type { Skill } from './skills.ts';
import type { IdentitySettings } from './identity.ts';
import type { Json } from './json.ts';
import type { Exchange, RequestSpec } from './exchange.ts';
import type { Random } from './random.ts';

/** What `challenge.yaml` says. */
export interface ChallengeDescription {
  /** The folder's name. */
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  /** 1 (first steps) to 5. */
  readonly level: number;
  readonly skills: readonly Skill[];
  /** Paths relative to the challenge's folder. A backend with two faces has a contract for each. */
  readonly contracts: readonly string[];
  readonly brief: string;
  /** Variables that every backend of this challenge is given, such as `ADMIN_EMAIL` and `ADMIN_PASSWORD`. They win over its own. */
  readonly env: Readonly<Record<string, string>>;
  /** How people become known, where the contract's shape does not tell all: those who have an account from the start, and their roles. */
  readonly identities: IdentitySettings | null;
}

/** What a scenario may do: send requests and state what must hold. */
export interface ScenarioContext {
  /** Sends a request; objects are sent as JSON. */
  request(
    method: string,
    target: string,
    options?: { readonly body?: Json; readonly headers?: Readonly<Record<string, string>> },
  ): Promise<ScenarioResponse>;
  send(request: RequestSpec): Promise<Exchange>;
  /**
   * Runs requests at the same time, so that what looks before it writes has looked before anybody has written: where the database is watched, each is held
   * before its first write until all have got there.
   */
  atOnce<T>(requests: readonly (() => Promise<T>)[]): Promise<readonly T[]>;
  /** States what must hold. When it does not, the scenario ends and the sentence becomes the finding, with every exchange so far. */
  expect(
    holds: boolean,
    sentence: string,
    detail?: { readonly expected?: Json; readonly actual?: Json },
  ): asserts holds;
  readonly random: Random;
  /** For what only shows on many rows. It asks for `needs: ['wire']` and `instance: 'own'`. */
  readonly tables: ScenarioTables;
}

/** The tables of the backend, whatever it calls them. */
export interface ScenarioTables {
  /** Multiplies the rows that the backend has made since it started, directly in its database, until each of their tables has so many. */
  multiply(rows: number): Promise<void>;
  /** Sends a GET, alone in flight, and counts the rows that PostgreSQL looked at for it. */
  reading(target: string): Promise<ScenarioReading>;
}

export interface ScenarioReading {
  readonly response: ScenarioResponse;
  /** Rows of tables that were looked at, whether they were answered with or not. */
  readonly rows: number;
  /** The statement that looked at most of them; empty when there was none. */
  readonly statement: string;
}

export interface ScenarioResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Parsed JSON, or undefined. */
  readonly json: Json | undefined;
  readonly text: string;
}

/** One thing that the challenge itself asks for. Becomes the check `scenario/<id>`. */
export interface Scenario {
  readonly id: string;
  /** What holds when it passes, as a sentence without a full stop. */
  readonly claim: string;
  /** How to mend a backend that does not hold it. */
  readonly fix: string;
  readonly skill: Skill;
  readonly severity: 'critical' | 'high' | 'medium' | 'low';
  /** A running backend of its own, not shared with other checks. */
  readonly instance?: 'own';
  /** `wire`: it looks at tables, so Assay's own PostgreSQL must stand behind the backend. */
  readonly needs?: readonly 'wire'[];
  run(context: ScenarioContext): Promise<void>;
}

export interface Challenge extends ChallengeDescription {
  /** Absolute path of the challenge's folder. */
  readonly folder: string;
  readonly scenarios: readonly Scenario[];
  /** How its operations are those of a model; left out where it says nothing about that. */
  readonly histories?: readonly HistorySource[];
}

/** One row of `mutants.yaml`. The patch is `mutants/<stack>/<id>.patch`, applied to `backends/<stack>`. */
export interface Mutant {
  readonly id: string;
  readonly stack: string;
  readonly title: string;
  /** How a real developer comes to make this mistake. */
  readonly story: string;
  readonly skill: Skill;
  /** Ids of the checks that must catch it. */
  readonly caughtBy: readonly string[];
  /** Ids of checks that see the same mistake when the timing is right, and need not. No others may. */
  readonly mayCatch?: readonly string[];
}
