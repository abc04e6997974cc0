import { useEffect, useState } from 'react';
import { connection } from './api.ts';
import type { StreamMessage } from './event-stream.ts';
import type { FollowState } from './follow.ts';
import { followVisible, sightOfPage } from './follow-visible.ts';
import { emptyRun, foldRun, type LiveRun } from './live-run.ts';
import { parseEvent } from './parse-event.ts';
import { tokenHeaders } from './token.ts';

/** How often the page is drawn anew at most: often enough to be live, seldom enough to be calm. */
const drawMs = 120;

export interface Followed {
  readonly run: LiveRun;
  readonly state: FollowState;
  /** The run that a change in the watched folder has begun. */
  readonly next: string | null;
  /** It has ended, and a change in its folder is waited for. */
  readonly rests: boolean;
}

const nothing: Followed = { run: emptyRun, state: 'connecting', next: null, rests: false };

/** Follows a run's events from the first one on, as long as the page is shown. */
export function useLiveRun(id: string): Followed {
  const [followed, setFollowed] = useState<Followed>(nothing);
  useEffect(() => {
    const stop = new AbortController();
    let waiting: StreamMessage[] = [];
    let timer: ReturnType<typeof setTimeout> | null = null;
    const draw = (): void => {
      timer = null;
      const messages = waiting;
      waiting = [];
      const events = messages.flatMap(({ data }) => parseEvent(data) ?? []);
      const next = messages.findLast(({ event }) => event === 'next');
      setFollowed((now) => ({
        ...now,
        run: foldRun(now.run, events),
        next: next === undefined ? now.next : nextRun(next.data),
        rests: now.rests || messages.some(({ event }) => event === 'watching'),
      }));
    };
    setFollowed(nothing);
    void followVisible(
      {
        url: `/api/runs/${encodeURIComponent(id)}/events`,
        headers: tokenHeaders,
        signal: stop.signal,
        onMessages: (messages) => {
          waiting.push(...messages);
          timer ??= setTimeout(draw, drawMs);
        },
        onState: (state) => {
          if (state === 'lost') connection.tell('lost');
          if (state === 'open') connection.tell('ok');
          if (timer !== null) clearTimeout(timer);
          draw();
          setFollowed((now) => ({ ...now, state }));
        },
      },
      sightOfPage,
    );
    return () => {
      stop.abort();
      if (timer !== null) clearTimeout(timer);
    };
  }, [id]);
  return followed;
}

function nextRun(data: string): string | null {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null && 'run' in value && typeof value.run === 'string'
      ? value.run
      : null;
  } catch {
    return null;
  }
}
