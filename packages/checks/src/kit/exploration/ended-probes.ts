import { setTimeout as pause } from 'node:timers/promises';
import type { Exchange, Instance } from '@assay/contract';
import type { Probe } from './explore.ts';

/** How long an end may take to be noticed after the connections have broken. Milliseconds. */
const noticedWithinMs = 1000;

/** The probes with word of which got no answer because the backend ended meanwhile. */
export async function withEnded(probes: readonly Probe[], backend: Pick<Instance, 'alive'>): Promise<readonly Probe[]> {
  const exchanges = probes.map(({ exchange }) => exchange);
  const until = performance.now() + (exchanges.at(-1)?.error?.kind === 'reset' ? noticedWithinMs : 0);
  while (backend.alive && performance.now() < until) await pause(10);
  const ended = endedIn(exchanges, !backend.alive);
  return probes.map((each, index) => ({ ...each, ended: ended[index] === true }));
}

/**
 * Nobody listened any more, or not when the next request came. While a process ends its port may take another connection or two, which break
 * like the first.
 * @param gone whether the backend had ended when the last exchange was over
 */
export function endedIn(exchanges: readonly Pick<Exchange, 'response' | 'error'>[], gone: boolean): readonly boolean[] {
  let soon = gone;
  return exchanges
    .toReversed()
    .map(({ response, error }) => {
      const ended = response === undefined && (soon || error?.kind === 'refused');
      soon = error?.kind === 'refused' || (ended && error?.kind === 'reset');
      return ended;
    })
    .toReversed();
}
