import { setTimeout as pause } from 'node:timers/promises';
import type { Exchange, Instance, ProbeContext } from '@assay/contract';
import { effectsBetween } from '../reading/api-view.ts';
import { SetupFailed } from '../setup/setup.ts';
import { isSuccess, status } from '../words.ts';
import { type CutOnce, cutOnce, cutPlans, type FaultRuns, patientView, type Prepare, wholeRuns } from './cut-runs.ts';
import { isMain, separateMainWrites, stateOf } from './fault-state.ts';
import type { FaultSubject } from './fault-subjects.ts';
import type { Left } from './left-behind.ts';

/** How often the request is sent again until a backend that lost its connection has got another one. */
const attempts = 4;
const betweenAttemptsMs = 50;

/**
 * The runs of an operation that writes what it is for in several transactions, of which a cut left half that what it names does not show: once more with a look at what
 * stands around it, the slot of a cancelled appointment. What was found is returned as it is where that shows nothing either.
 */
export async function widerRuns(
  context: ProbeContext,
  instance: Instance,
  { operation, wider }: Pick<FaultSubject, 'operation' | 'wider'>,
  found: FaultRuns,
): Promise<FaultRuns> {
  const mayHide =
    separateMainWrites(found) > 1 &&
    found.cuts.length > 0 &&
    found.cuts.every((cut) => stateOf(cut) !== 'half' && !isLeftOut(found.whole, cut));
  for (const prepare of mayHide ? wider : []) {
    if (context.signal.aborted) break;
    try {
      const runs = await halfRuns(context, instance, prepare);
      if (runs !== null) return { operation, ...runs, cuts: [...found.cuts, ...runs.cuts] };
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
    }
  }
  return found;
}

/** The first cut that is known to have left half. */
async function halfRuns(
  { signal }: ProbeContext,
  instance: Instance,
  prepare: Prepare,
): Promise<Omit<FaultRuns, 'operation'> | null> {
  const twice = await wholeRuns(instance, prepare, signal);
  if (twice === null || separateMainWrites(twice) < 2) return null;
  for (const plan of cutPlans(twice.points).filter(({ unknown }) => !unknown)) {
    if (signal.aborted) break;
    const done = await cutOnce(instance, prepare, signal, plan, twice);
    if (done === null || !mayBeHalf(twice.whole, done.cut)) continue;
    const again = await sentAgain(instance, signal, done);
    if (again !== null) return { ...twice, cuts: [{ ...done.cut, again }] };
  }
  return null;
}

/**
 * Half for the API and for the tables, told to whoever asked as a failure, and with nothing left to be worked off later. What stands around a thing has
 * more reasons to change, or not to, than the thing itself.
 */
export function mayBeHalf(whole: Pick<Left, 'tables'>, cut: CutOnce['cut']): boolean {
  const isQueued = Object.entries(cut.tables).some(([table, { added, removed }]) => added > removed && isQueue(table));
  return stateOf(cut) === 'half' && !isSuccess(cut.exchange) && isShort(whole, cut) && !isQueued;
}

/** What was answered with success without it is done as well as may be, or later: a number that is counted anew each night. */
function isLeftOut(whole: Pick<Left, 'tables'>, cut: CutOnce['cut']): boolean {
  return !cut.unknown && isSuccess(cut.exchange) && isShort(whole, cut);
}

/** Whether it left fewer rows changed than the whole request does. */
function isShort(whole: Pick<Left, 'tables'>, cut: Pick<Left, 'tables' | 'exchange'>): boolean {
  return Object.entries(whole.tables).some(([table, { added, removed }]) => {
    const left = cut.tables[table] ?? { added: 0, removed: 0 };
    return isMain(table, cut.exchange) && left.added + left.removed < added + removed;
  });
}

/** Tables of what is still to be done. */
function isQueue(table: string): boolean {
  return /(outbox|job|queue|task|message|event|saga|command|pending|retr(y|ie))s?(_|$)/i.test(table);
}

/** The same request once more; null when it brings something of what was missing, for then the operation goes on where it stopped, or cannot be answered. */
async function sentAgain(
  instance: Instance,
  signal: AbortSignal,
  { cut, prepared, before }: CutOnce,
): Promise<Exchange | null> {
  let again: Exchange | null = null;
  for (let attempt = 0; attempt < attempts && !signal.aborted; attempt += 1) {
    if (attempt > 0) await pause(betweenAttemptsMs);
    again = await instance.send(prepared.request);
    if (again.response !== undefined && again.response.status < 500) break;
  }
  if (again?.response === undefined || (status(again) ?? 500) >= 500) return null;
  const after = await patientView(instance, prepared.watched, signal);
  if (after === null) return null;
  const effects = effectsBetween(before, after);
  const isStillMissing = cut.shown.unchanged.every(
    (name) => JSON.stringify(effects[name]) === JSON.stringify(cut.effects[name]),
  );
  return isStillMissing ? again : null;
}
