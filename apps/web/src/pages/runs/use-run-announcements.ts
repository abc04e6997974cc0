import { useEffect, useRef } from 'react';
import type { LiveRun } from '../../client/live-run.ts';
import { announce } from '../../shell/announce.tsx';

/** Tells a screen reader what a glance at the page tells others: where the run is, each failure, and the end; not every check that holds. */
export function useRunAnnouncements(run: LiveRun): void {
  const told = useRef(new Set<string>());
  useEffect(() => {
    const tell = (key: string, text: string): void => {
      if (told.current.has(key)) return;
      told.current.add(key);
      announce(text);
    };
    const phase = run.phases.findLast(({ state }) => state === 'running');
    if (phase !== undefined) tell(`phase ${phase.phase}`, phase.title);
    for (const { id, state, claim } of run.checks)
      if (state === 'failed') tell(`check ${id}`, `Does not hold: ${claim}`);
    if (run.ended !== null) tell('end', `The run has ended: ${run.ended.verdict}. ${run.ended.reason}`);
  }, [run]);
}
