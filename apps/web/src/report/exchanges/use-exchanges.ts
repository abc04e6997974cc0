import type { ExchangeSummary } from '@assay/prove';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ExchangeQuery, ReportSource } from '../source.ts';
import { useWhenBack } from '../use-loaded.ts';

export interface FoundExchanges {
  readonly items: readonly ExchangeSummary[];
  readonly more: boolean;
  readonly state: 'loading' | 'here' | { readonly fault: string };
  /** Fetches the next page, when there is one and none is on its way. */
  readonly loadMore: () => void;
  /** Fetches anew what could not be fetched; by itself that is done when the source is back. */
  readonly retry: () => void;
}

/** While somebody types, the search waits for a pause. Milliseconds. */
const pauseMs = 160;

/** The exchanges that a query finds, page after page as they are asked for. */
export function useExchanges(source: ReportSource, query: ExchangeQuery): FoundExchanges {
  const [items, setItems] = useState<readonly ExchangeSummary[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [state, setState] = useState<FoundExchanges['state']>('loading');
  const abort = useRef(new AbortController());
  const key = JSON.stringify(query);

  const load = useCallback(
    (cursor: string | null, before: readonly ExchangeSummary[], { signal }: AbortController) => {
      setState('loading');
      source.exchanges(query, cursor, signal).then(
        (page) => {
          if (signal.aborted) return;
          setItems([...before, ...page.items]);
          setNext(page.next);
          setState('here');
        },
        (error: unknown) => {
          if (signal.aborted) return;
          // So that what is tried again is this request, and not the search before with another cursor.
          setItems(before);
          setNext(cursor);
          setState({ fault: error instanceof Error ? error.message : String(error) });
        },
      );
    },
    // oxlint-disable-next-line react/exhaustive-deps -- the key stands for the query
    [source, key],
  );

  useEffect(() => {
    const controller = new AbortController();
    abort.current = controller;
    const timer = setTimeout(() => load(null, [], controller), query.q === '' ? 0 : pauseMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
    // oxlint-disable-next-line react/exhaustive-deps -- load changes with the query
  }, [load]);

  const retry = (): void => load(next, items, abort.current);
  useWhenBack(source, typeof state === 'object', retry);

  return {
    items,
    more: next !== null,
    state,
    loadMore: () => {
      if (next !== null && state === 'here') load(next, items, abort.current);
    },
    retry,
  };
}
