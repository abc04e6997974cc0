import type { ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { Kysely } from 'kysely';
import type { Tables } from '../../database/tables.ts';
import type { FeedNews, RunFeed } from '../../runner/run-feed.ts';
import { heavyTypes, readEvents, type StoredEvent } from './event-queries.ts';
import { findRun } from './queries.ts';
import type { Run } from './schemas.ts';

interface Watching {
  readonly db: Kysely<Tables>;
  readonly feed: RunFeed;
  readonly run: string;
  /** Only events after this sequence. */
  readonly after: number;
  /** Exchanges and statements, too. */
  readonly whole: boolean;
}

/** How often something is sent when nothing happens, so that a dead connection is noticed. Milliseconds. */
const beatEveryMs = 15_000;
const pageSize = 500;
/** More news than this are not kept for a slow reader: it reads them from the database. */
const mostWaiting = 200;

/** Whether the run has ended, and no other can follow that whoever sees this one is told of. */
export function isAtRest(run: Run): boolean {
  return hasEnded(run) && (!run.watch || run.next !== null);
}

function hasEnded({ status }: Run): boolean {
  return status !== 'queued' && status !== 'running';
}

/** Writes the events of a run to a response until the run or the connection ends. */
export async function watchRun(watching: Watching, response: ServerResponse): Promise<void> {
  const { db, feed, run, whole } = watching;
  let last = watching.after;
  let waiting: FeedNews[] = [];
  let missed = true;
  let wake = (): void => undefined;
  const unwatch = feed.watch(run, (news) => {
    // `next` and `end` are always kept; events can be read again.
    if (news.type === 'events' && waiting.length >= mostWaiting) missed = true;
    else waiting.push(news);
    wake();
  });
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
    wake();
  });
  const send = async (text: string): Promise<void> => {
    if (gone.signal.aborted || response.write(text)) return;
    await once(response, 'drain', { signal: gone.signal }).catch(() => undefined);
  };
  const sendEvents = async (events: readonly StoredEvent[]): Promise<void> => {
    const fresh = events.filter(({ sequence }) => sequence > last);
    if (fresh.length === 0) return;
    last = fresh.at(-1)?.sequence ?? last;
    await send(whole ? fresh.map(told).join('') : summarised(fresh).join(''));
  };
  const catchUp = async (): Promise<void> => {
    for (;;) {
      const events = await readEvents(db, run, { after: last, limit: pageSize, whole });
      await sendEvents(events);
      if (events.length < pageSize || gone.signal.aborted) return;
    }
  };
  let isOver = false;
  let isWaiting = false;
  const end = async (): Promise<void> => {
    isOver = true;
    await send('event: end\ndata: {}\n\n');
  };
  /** What is watched goes on with another run: whoever sees this one is told which. */
  const ended = async (now: Run | null): Promise<void> => {
    if (now?.next != null) await send(`event: next\ndata: ${JSON.stringify({ run: now.next })}\n\n`);
    if (now === null || !now.watch || now.next !== null) return end();
    if (!isWaiting) await send('event: watching\ndata: {}\n\n');
    isWaiting = true;
  };
  try {
    response.flushHeaders();
    while (!gone.signal.aborted) {
      if (missed) {
        missed = false;
        await catchUp();
        const now = await findRun(db, run);
        if (now === null || hasEnded(now)) {
          await catchUp();
          await ended(now);
        }
      }
      const news = waiting;
      waiting = [];
      for (const one of news) {
        if (one.type === 'events') {
          // A gap: something was told before this began to listen.
          if ((one.events[0]?.sequence ?? 0) > last + 1) await catchUp();
          await sendEvents(one.events.map((event) => ({ ...event, event })));
        } else if (one.type === 'end') {
          await catchUp();
          await ended(await findRun(db, run));
        } else {
          await send(`event: next\ndata: ${JSON.stringify({ run: one.run })}\n\n`);
          await end();
        }
        if (isOver) return;
      }
      if (isOver) return;
      if (waiting.length === 0 && !missed && !gone.signal.aborted) {
        const timer = setTimeout(() => wake(), beatEveryMs);
        await new Promise<void>((resolve) => (wake = resolve));
        clearTimeout(timer);
        if (waiting.length === 0 && !gone.signal.aborted) {
          await send(': beat\n\n');
          missed = true;
        }
      }
    }
  } catch {
    // The database is away: the reader comes back, and goes on where it was.
  } finally {
    unwatch();
    response.end();
  }
}

function told({ sequence, type, event }: StoredEvent): string {
  return `id: ${sequence}\nevent: ${type}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** Runs of exchanges and statements become one event that counts them. */
function summarised(events: readonly StoredEvent[]): readonly string[] {
  const texts: string[] = [];
  let tally = { sequence: 0, at: 0, exchanges: 0, statements: 0 };
  const flush = (): void => {
    if (tally.sequence === 0) return;
    const { sequence, at, exchanges, statements } = tally;
    texts.push(
      `id: ${sequence}\nevent: tally\ndata: ${JSON.stringify({ sequence, at, type: 'tally', exchanges, statements })}\n\n`,
    );
    tally = { sequence: 0, at: 0, exchanges: 0, statements: 0 };
  };
  for (const one of events) {
    if (!heavyTypes.includes(one.type)) {
      flush();
      texts.push(told(one));
      continue;
    }
    tally = {
      sequence: one.sequence,
      at: one.at,
      exchanges: tally.exchanges + (one.type === 'exchange' ? 1 : 0),
      statements: tally.statements + (one.type === 'statement' ? 1 : 0),
    };
  }
  flush();
  return texts;
}
