import type { IdentitySettings, Stack, UsageSample } from '@assay/contract';

/** A command as a person would type it; run by `sh -c` in the backend's folder. */
export type ShellCommand = string;

/** What detection found in a folder, with `assay.yaml` already applied. */
export interface DetectedBackend {
  /** Absolute path of the folder as it was given. */
  readonly folder: string;
  readonly stack: Stack;
  /** Which rule recognised it, for `assay doctor` and messages: `package.json (express)`. */
  readonly evidence: string;
  /** Install the dependencies that the lock files name: `npm ci`. Empty when there are none. */
  readonly install: readonly ShellCommand[];
  /** Files whose content decides whether `install` must run again, relative. */
  readonly lockFiles: readonly string[];
  /** Folders that `install` fills, relative: `node_modules`, `vendor`, `.venv`. */
  readonly dependencyFolders: readonly string[];
  /** Compile what the sources need: `mvn -q package`. Empty when nothing is compiled. */
  readonly compile: readonly ShellCommand[];
  readonly start: ShellCommand;
  /** Once for each fresh database, before start: migrations. Null when there is none. */
  readonly release: ShellCommand | null;
  /** True when `release` was found out from the sources, and neither a setting nor a Procfile asks for it. Default false. */
  readonly releaseIsGuess?: boolean;
  readonly environment: Readonly<Record<string, string>>;
  readonly database: 'postgres' | 'none';
  /** Further names under which it reads where its database is, each with what stands for it: `{ DB_HOST: '$PGHOST' }`. Default none. */
  readonly databaseVariables?: Readonly<Record<string, string>>;
  /** The port that it listens on whatever it is given. Default: it listens where it is told. */
  readonly port?: number;
  /** Programs that must be on the machine: `python3`, `java`, `mvn`, `php` … */
  readonly toolchain: readonly string[];
  /** True when `install` reads more of the sources than `lockFiles` (install hooks, workspaces, local packages). Default false. */
  readonly installReadsSources?: boolean;
  /** Small files of Assay's own that `start` needs, written into the built copy: contents by relative path. Default none. */
  readonly files?: Readonly<Record<string, string>>;
  /** SHA-256 over the sources, in hexadecimal. */
  readonly sourceHash: string;
  /** Settings that are not the engine's business, as `assay.yaml` gives them. */
  readonly settings: {
    readonly challenge: string | null;
    readonly contract: string | null;
    readonly identities: IdentitySettings | null;
  };
}

/** A backend that is ready to be started, any number of times. */
export interface BuiltBackend {
  readonly detected: DetectedBackend;
  /** Absolute path of the built copy. Nothing is ever written into the person's own folder. */
  readonly folder: string;
  /** Variables to start with, in addition to `detected.environment`: PATH with `.venv/bin` in front, and the like. */
  readonly environment: Readonly<Record<string, string>>;
  /** Absolute folder of what was installed apart from the copy, a virtual environment among it. A sandbox follows links into it, and no others. */
  readonly dependencies: string | null;
  readonly durationMs: number;
  /** True when nothing had to be installed or compiled. */
  readonly cached: boolean;
}

/** A line printed by a build, a release command or a backend; control characters already made visible, length bounded. */
export interface OutputLine {
  readonly source: 'build' | 'release' | 'backend';
  readonly stream: 'stdout' | 'stderr';
  readonly line: string;
}

/** What is wrong with the backend itself, before it could be judged: becomes a finding, exit status 1. */
export interface LaunchFailure {
  readonly kind:
    | 'build-failed'
    | 'release-failed'
    | 'exited'
    | 'never-listened'
    | 'wrong-port'
    | 'only-ipv6'
    | 'daemonised';
  /** One sentence for a person. */
  readonly message: string;
  readonly detail: string;
  readonly fix: string;
  /** The command that failed, to repeat it by hand. */
  readonly command: string;
  /** What it printed: everything, or its first and last lines. */
  readonly log: readonly string[];
}

export interface UsageTotals {
  /** CPU seconds of the whole process tree so far. */
  readonly cpuSeconds: number;
  readonly peakRssBytes: number;
  readonly samples: readonly UsageSample[];
}

/** Tells a failure from what it stands in place of. */
export function isLaunchFailure(value: unknown): value is LaunchFailure {
  return typeof value === 'object' && value !== null && 'kind' in value && 'command' in value && 'log' in value;
}
