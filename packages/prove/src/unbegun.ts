import type { Fault, Report, RunEvent } from '@assay/contract';
import { foreignFolder } from './challenge.ts';
import { correctedSettings } from './corrections.ts';
import { inFull } from './cut-off.ts';
import { EventStream } from './events.ts';
import type { RunOptions } from './run.ts';
import { runId } from './run-id.ts';
import { described, findSubject } from './subject.ts';

/**
 * The report of a run that could not begin here: a toolchain is missing, the data folder cannot be used. Undecided, and why; nothing
 * is kept of it. Its events are told through `listen`.
 */
export async function unbegunRun(
  options: Pick<RunOptions, 'folder' | 'challenge' | 'contract' | 'seed' | 'version'>,
  fault: Fault,
  listen: (event: RunEvent) => void,
): Promise<Report> {
  const startedAt = new Date();
  const events = new EventStream(null, () => Date.now() - startedAt.getTime(), listen);
  const subject = await subjectOf(options);
  events.emit({
    type: 'run-started',
    run: runId(startedAt),
    seed: options.seed,
    tool: { name: 'assay', version: options.version },
    backendPath: options.folder,
    challenge: subject?.challenge?.slug ?? null,
    ...foreignFolder(subject?.challenge ?? null),
    startedAt: startedAt.toISOString(),
  });
  if (subject?.contract != null) events.emit({ type: 'contract-read', contract: described(subject.contract) });
  const reason = inFull(fault);
  events.emit({
    type: 'run-ended',
    verdict: 'undecided',
    reason,
    cutOff: reason,
    durations: { build: 0, ready: 0, checks: 0, total: 0 },
    traffic: { exchanges: 0, statements: 0 },
  });
  return events.fold.report();
}

/** Null where it is the settings or the contract that cannot be read: the surroundings were in the way before that was found. */
async function subjectOf(options: Pick<RunOptions, 'folder' | 'challenge' | 'contract'>) {
  try {
    return await findSubject({ ...options, settings: correctedSettings(options.folder) });
  } catch {
    return null;
  }
}
