import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { connection } from '../client/api.ts';
import type { Connection } from '../client/connection.ts';
import { announce } from './announce.tsx';

export function useConnection(): Connection {
  return useSyncExternalStore(connection.subscribe, connection.state);
}

/** Tells that the server is away, and asks for everything anew when it is back. */
export function ConnectionBanner() {
  const state = useConnection();
  const queries = useQueryClient();
  const before = useRef(state);
  useEffect(() => connection.watch(), []);
  useEffect(() => {
    if (before.current === 'lost' && state === 'ok') {
      announce('Assay is back.');
      void queries.invalidateQueries();
    }
    before.current = state;
  }, [state, queries]);
  if (state !== 'lost') return null;
  return (
    <div className="banner" role="alert">
      <span className="spinner" aria-hidden="true" />
      <span>
        Assay does not answer. It is asked again and again; if it was stopped, start it with <code>npm start</code>.
      </span>
    </div>
  );
}
