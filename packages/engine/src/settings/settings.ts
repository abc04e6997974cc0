import type { JsonObject } from '@assay/contract';
import type { ShellCommand } from '../backend.ts';

/** One step of becoming a user: which operation to call, with what, and where the token stands in its answer. */
export interface IdentityStep {
  /** The operation's id in the contract. */
  readonly operation: string;
  /** The request's body; `$email` and `$password` in it stand for the user's own. */
  readonly body: JsonObject | null;
  /** JSONPath of the token in the response: `$.token`. */
  readonly token: string | null;
}

/** How to become two different users of a backend. */
export interface Identities {
  readonly register: IdentityStep | null;
  readonly login: IdentityStep | null;
}

/** What `assay.yaml` says. Null is "not said"; `false` says that there must be none. */
export interface Settings {
  /** The file that was read, absolute; null when there is none. */
  readonly file: string | null;
  readonly challenge: string | null;
  readonly contract: string | null;
  readonly install: readonly ShellCommand[] | false | null;
  /** The whole build, unless `install` is given beside it. */
  readonly build: readonly ShellCommand[] | false | null;
  readonly start: ShellCommand | null;
  readonly release: ShellCommand | false | null;
  readonly env: Readonly<Record<string, string>>;
  readonly database: 'postgres' | 'none' | null;
  readonly identities: Identities | null;
}

/** The settings of a folder without an `assay.yaml`. */
export const noSettings: Settings = {
  file: null,
  challenge: null,
  contract: null,
  install: null,
  build: null,
  start: null,
  release: null,
  env: {},
  database: null,
  identities: null,
};
