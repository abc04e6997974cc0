import { useEffect, useRef, useState } from 'react';
import type { ReportSource } from './source.ts';

export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'here'; readonly value: T }
  | { readonly state: 'failed'; readonly message: string; readonly retry: () => void };

type Settled<T> = { readonly value: T } | { readonly fault: string };

/**
 * What a source gives, asked for again when the key changes; `load` is not asked again for being a new function. What failed is asked
 * for again when the source is back, or by hand.
 */
export function useLoaded<T>(source: ReportSource, key: string, load: () => Promise<T>): Loaded<T> {
  const [tries, setTries] = useState(0);
  const asked = `${key} ${tries}`;
  const [settled, setSettled] = useState<{ readonly asked: string; readonly as: Settled<T> } | null>(null);
  useEffect(() => {
    let wanted = true;
    const settle = (as: Settled<T>): void => {
      if (wanted) setSettled({ asked, as });
    };
    load().then(
      (value) => settle({ value }),
      (error: unknown) => settle({ fault: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      wanted = false;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- the key stands for it
  }, [asked]);
  const now = settled?.asked === asked ? settled.as : null;
  const hasFailed = now !== null && 'fault' in now;
  useWhenBack(source, hasFailed, () => setTries(tries + 1));
  if (now === null) return { state: 'loading' };
  if ('fault' in now) return { state: 'failed', message: now.fault, retry: () => setTries(tries + 1) };
  return { state: 'here', value: now.value };
}

/** Calls when a source that could not be reached is back, as long as that is waited for. */
export function useWhenBack(source: ReportSource, waiting: boolean, again: () => void): void {
  const call = useRef(again);
  call.current = again;
  useEffect(() => (waiting ? source.whenBack?.(() => call.current()) : undefined), [source, waiting]);
}
