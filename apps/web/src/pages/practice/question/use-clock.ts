import { useEffect, useRef, useState } from 'react';

/** Seconds since a moment, told each second while it runs. */
export function useSecondsSince(iso: string, running: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [running]);
  return Math.max(0, (now - Date.parse(iso)) / 1000);
}

/** How long somebody looked at a question, and until they began to answer. Time in which the page was hidden counts for neither. */
export function useAnswerTime(): {
  readonly began: () => void;
  readonly told: () => { readonly seconds: number; readonly thinkingSeconds: number };
} {
  const state = useRef({ since: performance.now(), seen: 0, thinking: null as number | null, hidden: false });
  useEffect(() => {
    const onChange = (): void => {
      const now = performance.now();
      const { current } = state;
      const hidden = document.visibilityState === 'hidden';
      if (hidden && !current.hidden) current.seen += now - current.since;
      if (!hidden) current.since = now;
      current.hidden = hidden;
    };
    document.addEventListener('visibilitychange', onChange);
    return () => document.removeEventListener('visibilitychange', onChange);
  }, []);
  const seen = (): number => {
    const { since, seen: before, hidden } = state.current;
    return (before + (hidden ? 0 : performance.now() - since)) / 1000;
  };
  return {
    began() {
      state.current.thinking ??= seen();
    },
    told() {
      const seconds = seen();
      return { seconds, thinkingSeconds: state.current.thinking ?? seconds };
    },
  };
}
