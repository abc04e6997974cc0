import { Fault } from '@assay/contract';

/** How far a run came. */
export type Stage = 'build' | 'database' | 'launch' | 'checks';

const words: Readonly<Record<Stage, string>> = {
  build: 'while the backend was built',
  database: 'while PostgreSQL was started',
  launch: 'while the backend was started',
  checks: 'during the checks',
};

/** Why a run did not come to its end, when that is neither the backend's fault nor Assay's: it was interrupted, or could not go on here. */
export function whyCutOff(error: unknown, stage: Stage, signal: AbortSignal): string | null {
  if (signal.aborted) return `The run was interrupted ${words[stage]}.`;
  return error instanceof Fault && error.kind === 'surroundings' && error.code !== 'internal' ? inFull(error) : null;
}

/** What happened and what to do about it. What another program has said, at the end of a message, has seldom a full stop. */
export function inFull({ message, fix }: Fault): string {
  return /[.!?:]$/.test(message) ? `${message} ${fix}` : `${message}.\n${fix}`;
}

/** The fault to throw for what stopped a run: whatever an abort made fail is an interruption. */
export function faultOf(error: unknown, signal: AbortSignal): unknown {
  if (!signal.aborted) return error;
  return signal.reason instanceof Fault ? signal.reason : new Fault('interrupted', 'The run was interrupted.');
}
