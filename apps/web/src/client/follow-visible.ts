import { follow, type FollowOptions } from './follow.ts';

/** Whether somebody can see the page. */
export interface Sight {
  readonly isHidden: () => boolean;
  /** Calls when that has changed, until the returned function is called. */
  readonly subscribe: (changed: () => void) => () => void;
}

export const sightOfPage: Sight = {
  isHidden: () => document.visibilityState === 'hidden',
  subscribe(changed) {
    document.addEventListener('visibilitychange', changed);
    return () => document.removeEventListener('visibilitychange', changed);
  },
};

/**
 * Follows a stream while the page is seen. A browser opens six connections to one server, for all of its tabs together: a stream in a tab that nobody looks at would
 * take one from the others. Seen again, it goes on where it was, and what it missed comes at once.
 */
export async function followVisible(options: FollowOptions, sight: Sight): Promise<void> {
  const { signal } = options;
  let after = options.after ?? '';
  let isOver = false;
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    await seen(sight, signal);
    const hidden = new AbortController();
    const forget = sight.subscribe(() => {
      if (sight.isHidden()) hidden.abort();
    });
    if (sight.isHidden()) hidden.abort();
    await follow({
      ...options,
      after,
      signal: AbortSignal.any([signal, hidden.signal]),
      onMessages: (messages) => {
        after = messages.at(-1)?.id ?? after;
        options.onMessages(messages);
      },
      onState: (state) => {
        isOver = state === 'ended' || state === 'refused';
        if (isFirst || state !== 'connecting') options.onState(state);
      },
    });
    forget();
    if (isOver) return;
  }
}

function seen(sight: Sight, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (sight.isHidden() && !signal.aborted) return;
      signal.removeEventListener('abort', look);
      forget();
      resolve();
    };
    const forget = sight.subscribe(look);
    signal.addEventListener('abort', look);
    look();
  });
}
