import type { OutputLine } from '../backend.ts';
import type { BuildLimits } from './build-limits.ts';
import type { WrapCommand } from './run-command.ts';

export interface BuildOptions {
  /** Where built copies and shared dependencies are kept, across runs; may be shared by several Assays at once. */
  readonly cacheFolder: string;
  readonly onOutput: (line: OutputLine) => void;
  /** Told of what could not be removed, in a sentence; it harms no build. */
  readonly onTrouble?: ((what: string) => void) | undefined;
  readonly signal: AbortSignal;
  /** For each command. Default 15 minutes: first builds with Maven or Gradle load hundreds of files. */
  readonly timeoutMs?: number;
  readonly wrapCommand?: WrapCommand;
  readonly limits?: BuildLimits;
  /**
   * False: a built copy gets its own copy of every dependency, for backends of people who do not trust each other. Default true: files of
   * `node_modules` are hard links to the cache where nothing is compiled.
   */
  readonly shareDependencies?: boolean;
}

export const defaultTimeoutMs = 15 * 60_000;
