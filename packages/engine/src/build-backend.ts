import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { BuiltBackend, DetectedBackend, LaunchFailure, OutputLine } from './backend.ts';
import { build } from './build/build.ts';
import type { Home } from './home/home.ts';
import { chooseSandbox, type SandboxMode } from './sandbox/choose-sandbox.ts';
import { closeInheritedFiles } from './sandbox/supervisor/inherited-files.ts';
import { buildSandbox } from './sandbox/wrap-command.ts';

/**
 * Builds a backend, where there is one in a sandbox: with network, and with a home of Assay's own in which package managers keep their caches.
 * Throws faults of the kind `surroundings`.
 */
export async function buildBackend(
  detected: DetectedBackend,
  options: {
    readonly home: Home;
    readonly sandbox: SandboxMode;
    readonly onOutput: (line: OutputLine) => void;
    readonly onTrouble?: ((what: string) => void) | undefined;
    readonly signal: AbortSignal;
  },
): Promise<BuiltBackend | LaunchFailure> {
  // The contract that the command line names may be one of them (`<(…)`); it has been read by now.
  closeInheritedFiles();
  const sandbox = await chooseSandbox({ mode: options.sandbox });
  const builders = path.join(options.home.cache, 'home');
  mkdirSync(builders, { recursive: true, mode: 0o700 });
  return build(detected, {
    cacheFolder: options.home.cache,
    onOutput: options.onOutput,
    onTrouble: options.onTrouble,
    signal: options.signal,
    ...(sandbox.bubblewrap === null
      ? {}
      : { wrapCommand: buildSandbox(sandbox, { writable: [], toolchain: detected.toolchain, home: builders }) }),
  });
}
