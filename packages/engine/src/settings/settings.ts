import type { IdentitySettings } from '@assay/contract';
import type { ShellCommand } from '../backend.ts';

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
  /** The port that the backend listens on, whatever it is given. */
  readonly port: number | null;
  readonly identities: IdentitySettings | null;
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
  port: null,
  identities: null,
};
