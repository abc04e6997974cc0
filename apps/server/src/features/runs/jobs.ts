import type { Report } from '@assay/contract';
import { foldReport } from '@assay/prove';
import type { StoredFault } from '../../database/tables.ts';
import { addJob } from '../../jobs.ts';
import { judge, type Judged } from '../../runner/judge-process.ts';
import type { Services } from '../../services.ts';
import { whyNoFolder } from '../folders/folder.ts';
import { allEvents, insertEvents } from './event-queries.ts';
import { EventWriter, NotStored, whenDatabaseIsBack } from './event-writer.ts';
import { orderOf } from './order.ts';
import { beginRun, endRun, findRun, openRuns, type RunEnd } from './queries.ts';

/** Judges one backend, and keeps what happens as it happens. */
export async function judgeRun(services: Services, id: string): Promise<void> {
  const { db, feed } = services;
  const stop = feed.begin(id);
  try {
    const begun = await beginRun(db, id);
    const run = begun === null ? null : await findRun(db, id);
    if (run === null) return;
    const writer = new EventWriter(
      (events) => insertEvents(db, id, events),
      (events) => feed.tell(id, { type: 'events', events }),
      // What cannot be kept need not be judged to its end.
      (error) => stop.abort(error),
    );
    const refusal = whyNoFolder(run.folder);
    if (refusal !== null) return await endRun(db, id, { status: 'broken', fault: refusal, report: null, plots: null });
    const judged = await judge(await orderOf(services, run), (events) => writer.add(events), stop.signal);
    await writer.drained();
    await keepEnd(db, id, endOf(judged, stop.signal));
  } finally {
    feed.tell(id, { type: 'end' });
  }
}

/** However long the database is away; a server that is ended meanwhile finds the run at its next start. An end that cannot be stored is told as a fault. */
async function keepEnd(db: Services['db'], id: string, end: RunEnd): Promise<void> {
  try {
    await whenDatabaseIsBack(() => endRun(db, id, end), Number.POSITIVE_INFINITY);
  } catch (error) {
    const fault = { ...notKept(error), fix: 'This is a defect in Assay. Please report it with the text above.' };
    await whenDatabaseIsBack(() => endRun(db, id, { status: 'broken', fault, report: null, plots: null }));
  }
}

function endOf(judged: Judged, signal: AbortSignal): RunEnd {
  const reason: unknown = signal.aborted ? signal.reason : null;
  if (reason instanceof NotStored) return { status: 'broken', fault: notKept(reason.cause), report: null, plots: null };
  const interrupted = reason instanceof ServerStops;
  const cut = interrupted ? ('interrupted' as const) : ('stopped' as const);
  if (judged.kind === 'report') {
    const { report, plots } = judged;
    return { status: signal.aborted ? cut : 'finished', fault: null, report, plots };
  }
  const nothing = { report: null, plots: null };
  if (signal.aborted) return { status: cut, fault: null, ...nothing };
  if (judged.kind === 'fault') return { status: 'broken', fault: judged.fault, ...nothing };
  return {
    status: 'broken',
    fault: { code: 'internal', message: `It was not judged to its end: ${judged.reason}.`, fix: 'Run it again.' },
    ...nothing,
  };
}

function notKept(error: unknown): StoredFault {
  const what = error instanceof Error ? error.message : String(error);
  return {
    code: 'data-folder-unusable',
    message: `What happened could not be stored: ${what}.`,
    fix: 'Make room for the database, and run it again.',
  };
}

/** Why runs are stopped when the server is. */
export class ServerStops extends Error {
  constructor() {
    super('The server stops.');
    this.name = 'ServerStops';
  }
}

/**
 * What a server that was killed left behind: runs that had begun are told interrupted, with what their events say; those that waited
 * wait on.
 */
export async function recoverRuns(db: Services['db']): Promise<void> {
  for (const { id, status } of await openRuns(db)) {
    // Its job may have been taken in the last moment; a second one finds nothing to begin.
    if (status === 'queued') await addJob(db, 'judge', id);
    else await endRun(db, id, { status: 'interrupted', fault: null, report: await partialReport(db, id), plots: null });
  }
}

/** Null when it was killed before it began. */
async function partialReport(db: Services['db'], id: string): Promise<Report | null> {
  const events = await allEvents(db, id);
  return events.some(({ type }) => type === 'run-started') ? foldReport(events) : null;
}
