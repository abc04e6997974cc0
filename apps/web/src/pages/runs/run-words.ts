import type { Run } from '../../client/generated/api.ts';

/** A run that came to no verdict, and what to say of it. */
export const statusWords: Readonly<Record<Exclude<Run['status'], 'finished'>, string>> = {
  queued: 'Waiting its turn',
  running: 'Running',
  interrupted: 'Interrupted',
  stopped: 'Stopped',
  broken: 'Could not be judged',
};

/** Whether the settings show how to get what a run lacked, as `assay doctor` does in a terminal. */
export function isOfToolchains({ fault }: Pick<Run, 'fault'>): boolean {
  return fault?.code === 'toolchain-missing';
}
