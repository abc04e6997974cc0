import { useEffect, useState } from 'react';
import { useDraft } from '../use-draft.ts';
import { AnswerClock, type Counted } from './answer-clock.ts';

/** Seconds since a moment, told each second. */
export function useSecondsSince(iso: string): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, (now - Date.parse(iso)) / 1000);
}

interface AnswerTime {
  /** As it stands, told each second. */
  readonly seconds: number;
  readonly began: () => void;
  readonly told: () => { readonly seconds: number; readonly thinkingSeconds: number };
}

/** How long an attempt was looked at while it was open; kept by this tab, so that a reload does not begin anew. */
export function useAnswerTime(attempt: string): AnswerTime {
  const [counted, keep] = useDraft<Counted>(`${attempt}-time`, { seen: 0, thinking: null });
  const [clock] = useState(() => new AnswerClock(counted));
  useEffect(() => {
    const look = (): void => {
      const now = performance.now();
      if (document.visibilityState === 'hidden') clock.hide(now);
      else clock.show(now);
      keep(clock.counted(now));
    };
    look();
    const timer = setInterval(look, 1000);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [clock, keep]);
  return {
    seconds: counted.seen,
    began: () => clock.begin(performance.now()),
    told: () => {
      const { seen, thinking } = clock.counted(performance.now());
      return { seconds: seen, thinkingSeconds: thinking ?? seen };
    },
  };
}
