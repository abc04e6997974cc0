import { setTimeout as pause } from 'node:timers/promises';
import type { Report, RunEvent } from '@assay/contract';
import { foldReport } from '@assay/prove';
import { addJob } from '../../jobs.ts';
import { isDatabaseAway } from '../../plugins/errors.ts';
import { judge, type Judged } from '../../runner/judge-process.ts';
import type { Services } from '../../services.ts';
import { whyNoFolder } from '../folders/folder.ts';
import { allEvents, insertEvents } from './event-queries.ts';
import { orderOf } from './order.ts';
import { beginRun, endRun, findRun, openRuns, type RunEnd } from './queries.ts';

/** Judges one backend, and keeps what happens as it happens. Returns the run as it ended; null when there was nothing to begin. */
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
    );
    const refusal = whyNoFolder(run.folder);
    if (refusal !== null) return await endRun(db, id, { status: 'broken', fault: refusal, report: null, plots: null });
    const judged = await judge(await orderOf(services, run), (events) => writer.add(events), stop.signal);
    await writer.drained();
    await whenDatabaseIsBack(() => endRun(db, id, endOf(judged, stop.signal)));
  } finally {
    feed.tell(id, { type: 'end' });
  }
}

/** Stores batches one after the other, and tells each when it is stored. When the database is away, it waits until it is back. */
class EventWriter {
  readonly #store: (events: readonly RunEvent[]) => Promise<void>;
  readonly #told: (events: readonly RunEvent[]) => void;
  #waiting: RunEvent[] = [];
  #writing: Promise<void> | null = null;

  constructor(store: (events: readonly RunEvent[]) => Promise<void>, told: (events: readonly RunEvent[]) => void) {
    this.#store = store;
    this.#told = told;
  }

  add(events: readonly RunEvent[]): void {
    this.#waiting.push(...events);
    this.#writing ??= this.#write();
  }

  async drained(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, 2000);
      await whenDatabaseIsBack(() => this.#store(batch));
      this.#told(batch);
    }
    this.#writing = null;
  }
}

/** How long a database may be away before what a run tells is given up. Milliseconds. */
const longestAbsenceMs = 120_000;

async function whenDatabaseIsBack(work: () => Promise<void>): Promise<void> {
  const deadline = performance.now() + longestAbsenceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseAway(error) || performance.now() > deadline) throw error;
      await pause(200);
    }
  }
}

function endOf(judged: Judged, signal: AbortSignal): RunEnd {
  const interrupted = signal.aborted && signal.reason instanceof ServerStops;
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
