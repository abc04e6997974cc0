import type { ShellCommand } from '../backend.ts';
import type { FolderView } from './folder-view.ts';

export const ecosystems = ['javascript', 'python', 'php', 'java', 'go'] as const;
export type Ecosystem = (typeof ecosystems)[number];

/** A program that must be on the machine, and what for: `{ program: 'mvn', purpose: 'to build it' }`. */
export interface Tool {
  readonly program: string;
  readonly purpose: string;
  /** The oldest version that will do, and the file that says so. */
  readonly atLeast?: { readonly version: readonly [major: number, minor: number]; readonly said: string };
}

/** What one rule makes of a folder, before `assay.yaml` and a Procfile are applied. */
export interface Proposal {
  readonly ecosystem: Ecosystem;
  readonly language: string;
  readonly framework: string | null;
  /** The file that gave it away and what it says: `package.json (express)`. */
  readonly evidence: string;
  readonly install: readonly ShellCommand[];
  readonly lockFiles: readonly string[];
  readonly dependencyFolders: readonly string[];
  /** True when installing reads more of the sources than the lock files, so that the result cannot be shared between sources. */
  readonly installReadsSources: boolean;
  /** Why `install` would not bring what the project asks for, where that can be told: it is then not run. */
  readonly cannotInstall?: string;
  readonly compile: readonly ShellCommand[];
  /** How to start it, or why that cannot be told. */
  readonly start: { readonly command: ShellCommand } | { readonly missing: string };
  readonly release: ShellCommand | null;
  readonly environment: Readonly<Record<string, string>>;
  /** Small files of Assay's own that the start command needs, by relative path under `.assay/`. */
  readonly files: Readonly<Record<string, string>>;
  /** Null when the dependencies do not settle it. */
  readonly speaksPostgres: boolean | null;
  /** True when its settings name another database outright: it then gets none of ours, whatever else speaks of PostgreSQL. */
  readonly hasOwnDatabase?: boolean;
  readonly tools: readonly Tool[];
  /** Further programs that its commands may run where the machine has them; a sandbox has to show them. */
  readonly programs?: readonly string[];
  /** True when the evidence may as well be tooling that stands beside a backend of another stack. */
  readonly weak?: boolean;
}

/** How one stack is recognised. Rules of one ecosystem are asked in the registry's order, and the first that answers is taken. */
export interface StackRule {
  /** As it stands in `--stack` and in the folder names of a challenge: `express`. */
  readonly name: string;
  readonly ecosystem: Ecosystem;
  recognise(view: FolderView): Proposal | null;
}
