import type { ProbeContext } from '@assay/contract';
import { Setup, SetupFailed } from '../setup/setup.ts';
import { type FaultRuns, runsOf } from './cut-runs.ts';
import { faultSubject, operationsToCut } from './fault-subjects.ts';
import { widerRuns } from './wider-runs.ts';

/** How many operations have their requests cut. */
const mostOperations = 16;

export interface FaultEvidence {
  readonly runs: readonly FaultRuns[];
  readonly trouble: string | null;
}

/** Every writing operation, whole and with its connection cut between its statements. Shared by the checks that judge it. */
export function faultEvidence(context: ProbeContext): Promise<FaultEvidence> {
  return context.shared('requests cut between their statements', gather);
}

async function gather(context: ProbeContext): Promise<FaultEvidence> {
  const instance = await context.fresh();
  const setup = new Setup(context, instance);
  const runs: FaultRuns[] = [];
  let trouble: string | null = null;
  for (const operation of operationsToCut(context)) {
    if (context.signal.aborted || runs.length === mostOperations) break;
    context.progress(operation.id);
    // Some end when they lose a connection, a moment after the answer.
    if (!instance.alive) await instance.start();
    try {
      const subject = await faultSubject(context, setup, operation);
      const found = await runsOf(context, instance, subject);
      if (found === null) trouble = `what ${operation.id} does could not be read`;
      else runs.push(await widerRuns(context, instance, subject, found));
      // What hung on it is gone as well.
      if (operation.method === 'DELETE') setup.forgetAll();
    } catch (error) {
      // What was found by then is found.
      if (context.signal.aborted) break;
      if (!(error instanceof SetupFailed)) throw error;
      trouble = instance.alive
        ? `${operation.id}: ${error.message}`
        : `the backend ended when its database connection was cut during ${operation.id}`;
    }
  }
  return { runs, trouble };
}
