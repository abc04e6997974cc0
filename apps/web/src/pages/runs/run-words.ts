import type { Run } from '../../client/generated/api.ts';

/** Whether more will come of it. */
export function isUnderWay({ status }: Pick<Run, 'status'>): boolean {
  return status === 'queued' || status === 'running';
}

/** A run that came to no verdict, and what to say of it. */
export const statusWords: Readonly<Record<Exclude<Run['status'], 'finished'>, string>> = {
  queued: 'Waiting its turn',
  running: 'Running',
  interrupted: 'Interrupted',
  stopped: 'Stopped',
  broken: 'Could not be judged',
};
