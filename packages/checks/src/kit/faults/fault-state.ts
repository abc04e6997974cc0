import { isSuccess, status } from '../words.ts';
import type { CutRun, FaultRuns } from './cut-runs.ts';

/**
 * What a request that was cut left behind: `half` can be seen in the API; `half-stored` only in the tables; `lost` was acknowledged and is not
 * there. `half-aside` can be seen, but may be mended yet: the request did not notice the cut, which struck what ran beside it or after it, such as
 * a listener or an outbox that tries again.
 */
export type CutState = 'whole' | 'nothing' | 'half' | 'half-aside' | 'half-stored' | 'lost';

export function stateOf({ shown, stored, exchange, aside }: CutRun): CutState {
  // What was only accepted (202) may be done yet: by a queue, or when it is tried again.
  const isLater = status(exchange) === 202;
  if (shown.changed.length > 0 && shown.unchanged.length > 0)
    return (aside && isSuccess(exchange)) || isLater ? 'half-aside' : 'half';
  const nothingShown = shown.changed.length === 0 && shown.unchanged.length > 0;
  const nothingStored = stored.changed.length === 0 && stored.unchanged.length > 0;
  if (isSuccess(exchange) && !isLater && nothingStored && (nothingShown || shown.unchanged.length === 0)) return 'lost';
  const main = { changed: stored.changed.filter(isMain), unchanged: stored.unchanged.filter(isMain) };
  if (main.changed.length > 0 && main.unchanged.length > 0) return 'half-stored';
  return nothingStored || nothingShown ? 'nothing' : 'whole';
}

/** Tables that are written on purpose whether or not the request succeeds. */
export function isMain(table: string): boolean {
  return !/(log|audit|session|token|attempt|event|outbox|job|queue|cache|key|request|history|trace|metric|lock|activity|activitie|notification)s?(_|$)/i.test(
    table,
  );
}

/** Whether a request wrote in more than one transaction; a statement outside a block is one of its own. */
export function separateWrites({ points }: Pick<FaultRuns, 'points'>): number {
  const writes = points.filter(({ access }) => access.kind === 'write');
  const blocks = new Set(writes.flatMap(({ transaction }) => (transaction === null ? [] : [transaction])));
  return blocks.size + writes.filter(({ transaction }) => transaction === null).length;
}
