import { type Exchange, isSameNoun } from '@assay/contract';
import type { Point } from '../races/interleave-points.ts';
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
  const isOwn = (table: string): boolean => isMain(table, exchange);
  if (stored.changed.some(isOwn) && stored.unchanged.some(isOwn)) return 'half-stored';
  return nothingStored || nothingShown ? 'nothing' : 'whole';
}

/** What tables are called that are written on purpose whether or not the request succeeds. */
const aside =
  /(log|audit|session|token|attempt|event|outbox|job|queue|cache|key|request|history|trace|metric|lock|activity|activitie|notification)s?(_|$)/i;

/** Whether a table is of what the request is for, as any is that its path names: `notifications` in `/notifications/{id}/archive`. */
export function isMain(table: string, { request }: Pick<Exchange, 'request'>): boolean {
  const [path = ''] = request.target.split('?');
  return !aside.test(table) || path.split('/').some((part) => isSameNoun(part, table));
}

/** Whether a request wrote in more than one transaction; a statement outside a block is one of its own. */
export function separateWrites({ points }: Pick<FaultRuns, 'points'>): number {
  const writes = points.filter(({ access }) => access.kind === 'write');
  const blocks = new Set(writes.flatMap(({ transaction }) => (transaction === null ? [] : [transaction])));
  return blocks.size + writes.filter(({ transaction }) => transaction === null).length;
}

/** The same without what writes to other tables alone: that a session was seen, a line of an audit. */
export function separateMainWrites({ points, whole }: Pick<FaultRuns, 'points' | 'whole'>): number {
  const isOfIt = ({ access: { tables } }: Point): boolean =>
    tables.length === 0 || tables.some((table) => isMain(table, whole.exchange));
  return separateWrites({ points: points.filter(isOfIt) });
}
