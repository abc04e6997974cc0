import type { Portal, Prepared } from './catalog.ts';
import type { Run } from './run.ts';

/** A request whose answer has not come yet. */
export interface Expected {
  readonly kind:
    | 'parse'
    | 'bind'
    | 'describe'
    | 'close'
    | 'execute'
    | 'query'
    | 'function'
    | 'sync'
    /** CopyDone or CopyFail: has no answer, but Sync in front of it means nothing to the server. */
    | 'copy-end';
  /** The statement a Parse, Bind or Describe speaks about. */
  readonly prepared: Prepared | null;
  /** The statement's name in a Parse, a Bind, or the Close of a statement. */
  readonly name: string | null;
  readonly portal: Portal | null;
  readonly run: Run | null;
  /** How many rows an Execute asks for; 0 for all. */
  readonly limit: number;
  /** Takes back what the request meant for the names, when it turns out that it failed. */
  readonly undo: (() => void) | null;
  /** Sent by the proxy itself: the client must not see the answer. */
  readonly ours: boolean;
}

export const syncExpected = plain('sync', false);
export const copyEndExpected = plain('copy-end', false);

export function plain(kind: Expected['kind'], ours: boolean): Expected {
  return { kind, prepared: null, name: null, portal: null, run: null, limit: 0, undo: null, ours };
}

export function naming(
  kind: 'parse' | 'bind' | 'describe' | 'close',
  name: string | null,
  prepared: Prepared | null,
  portal: Portal | null,
  undo: (() => void) | null,
): Expected {
  return { kind, prepared, name, portal, run: null, limit: 0, undo, ours: false };
}

export function running(kind: 'execute' | 'query' | 'function', run: Run, limit: number): Expected {
  return { kind, prepared: null, name: null, portal: run.portal, run, limit, undo: null, ours: false };
}
