import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { BuiltBackend, DetectedBackend, LaunchFailure, OutputLine } from './backend.ts';
import { build } from './build/build.ts';
import { openBuildHome } from './build/build-home.ts';
import type { Home } from './home/home.ts';
import { chooseSandbox, type SandboxMode } from './sandbox/choose-sandbox.ts';
import { closeInheritedFiles } from './sandbox/supervisor/inherited-files.ts';
import { buildSandbox } from './sandbox/wrap-command.ts';

/**
 * Builds a backend, where there is one in a sandbox: with network, and with a home of its own in which there is nothing but the
 * caches that package managers keep.
 * Throws faults of the kind `surroundings`.
 */
export async function buildBackend(
  detected: DetectedBackend,
  options: {
    readonly home: Home;
    readonly sandbox: SandboxMode;
    /** A backend of a challenge, to compare with: it shares nothing, no cache either, with what others' code was run for. */
    readonly isReference?: boolean;
    readonly onOutput: (line: OutputLine) => void;
    readonly onTrouble?: ((what: string) => void) | undefined;
    readonly signal: AbortSignal;
  },
): Promise<BuiltBackend | LaunchFailure> {
  // The contract that the command line names may be one of them (`<(…)`); it has been read by now.
  closeInheritedFiles();
  const sandbox = await chooseSandbox({ mode: options.sandbox });
  const cacheFolder = options.isReference === true ? path.join(options.home.cache, 'references') : options.home.cache;
  mkdirSync(cacheFolder, { recursive: true });
  const how = {
    cacheFolder,
    onOutput: options.onOutput,
    onTrouble: options.onTrouble,
    signal: options.signal,
  };
  if (sandbox.bubblewrap === null) return build(detected, how);
  const home = openBuildHome(options.home, cacheFolder);
  try {
    const { toolchain } = detected;
    return await build(detected, { ...how, wrapCommand: buildSandbox(sandbox, { writable: [], toolchain, home }) });
  } finally {
    await home.remove().catch(() => undefined);
  }
}
