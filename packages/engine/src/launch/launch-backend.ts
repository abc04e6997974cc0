import type { BuiltBackend, LaunchFailure } from '../backend.ts';
import { prepareBackend } from './prepare-backend.ts';
import type { LaunchOptions, RunningBackend } from './running-backend.ts';

export type LaunchOutcome =
  | { readonly launched: true; readonly backend: RunningBackend; readonly durationMs: number }
  | { readonly launched: false; readonly failure: LaunchFailure };

/**
 * Turns a built backend into a running one. What is wrong with the backend is returned, with nothing left behind; faults and aborts are thrown.
 * @param options.release run the release command first: once for each fresh database
 */
export async function launchBackend(
  built: BuiltBackend,
  options: LaunchOptions & { readonly release?: boolean },
): Promise<LaunchOutcome> {
  const backend = await prepareBackend(built, options);
  try {
    const release = options.release === true ? built.detected.release : null;
    const failure = release === null ? null : await backend.runOnce(release);
    const result = failure === null ? await backend.start() : { started: false as const, failure };
    if (result.started) return { launched: true, backend, durationMs: result.durationMs };
    await backend.close();
    return { launched: false, failure: result.failure };
  } catch (error) {
    await backend.close();
    options.signal?.throwIfAborted();
    throw error;
  }
}
