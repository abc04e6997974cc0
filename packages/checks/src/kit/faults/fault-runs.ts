import type { Instance, ProbeContext } from '@assay/contract';
import { Setup, SetupFailed } from '../setup/setup.ts';
import { list } from '../words.ts';
import { type FaultRuns, runsOf } from './cut-runs.ts';
import { type FaultSubject, faultSubject, operationsToCut } from './fault-subjects.ts';
import { widerRuns } from './wider-runs.ts';

/** How many operations have their requests cut. */
const mostOperations = 16;
/** How many that were not tried are named. */
const mostNamed = 3;

export interface FaultEvidence {
  readonly runs: readonly FaultRuns[];
  /** Operations for which there was no time. */
  readonly untried?: readonly string[];
  readonly trouble: string | null;
}

/** Every writing operation, whole and with its connection cut between its statements. Shared by the checks that judge it. */
export function faultEvidence(context: ProbeContext): Promise<FaultEvidence> {
  return context.shared('requests cut between their statements', gather);
}

async function gather(context: ProbeContext): Promise<FaultEvidence> {
  const instance = await context.fresh();
  const setup = new Setup(context, instance);
  const known: { readonly subject: FaultSubject; readonly found: FaultRuns }[] = [];
  const untried: string[] = [];
  let trouble: string | null = null;
  for (const operation of operationsToCut(context)) {
    if (known.length === mostOperations) break;
    if (context.signal.aborted) {
      untried.push(operation.id);
      continue;
    }
    context.progress(operation.id);
    // Some end when they lose a connection, a moment after the answer.
    if (!instance.alive) await instance.start();
    try {
      const subject = await faultSubject(context, setup, operation);
      const found = await runsOf(context, instance, subject);
      if (found !== null) known.push({ subject, found });
      else if (context.signal.aborted) untried.push(operation.id);
      else trouble = `what ${operation.id} does could not be read`;
      // What hung on it is gone as well.
      if (operation.method === 'DELETE') setup.forgetAll();
    } catch (error) {
      if (context.signal.aborted) {
        untried.push(operation.id);
        continue;
      }
      if (!(error instanceof SetupFailed)) throw error;
      trouble = instance.alive
        ? `${operation.id}: ${error.message}`
        : `the backend ended when its database connection was cut during ${operation.id}`;
    }
  }
  // It takes more runs than the first look at an operation, so that all have theirs before.
  const runs: FaultRuns[] = [];
  for (const { subject, found } of known) runs.push(await widerUnlessOver(context, instance, subject, found));
  return { runs, untried, trouble };
}

/** What was found by then is found. */
async function widerUnlessOver(
  context: ProbeContext,
  instance: Instance,
  subject: FaultSubject,
  found: FaultRuns,
): Promise<FaultRuns> {
  if (context.signal.aborted) return found;
  if (!instance.alive) await instance.start();
  try {
    return await widerRuns(context, instance, subject, found);
  } catch (error) {
    if (!context.signal.aborted) throw error;
    return found;
  }
}

/** What a judgement says of operations that were not tried, behind the rest: `; there was no time for payOrder`. */
export function untriedNote(untried: readonly string[]): string {
  const named =
    untried.length > mostNamed ? [...untried.slice(0, mostNamed), `${untried.length - mostNamed} more`] : untried;
  return named.length === 0 ? '' : `; there was no time for ${list(named)}`;
}
