import type { Exchange, Json } from '@assay/contract';
import type { FilteredUpdate, FilterLooks } from '../reading/filtered-update.ts';

/** What is wrong with one value of a filter: it leaves nothing out, or what it should bring. */
export interface FilterFault {
  readonly kind: 'unfiltered' | 'reversed';
  readonly value: Json;
  /** What the thing was when it should not have been there. */
  readonly is: Json;
  /** The list that brought it. */
  readonly page: Exchange;
  /** The list filtered by the other value, before and after the update. */
  readonly others: readonly Exchange[];
}

/**
 * Judged only where the other value filters exactly: it brought the thing while that was so, and not while it was otherwise. `archived=true` may bring the others as well.
 * Where the contract does not say what false does, it may leave nothing out: it is judged where it brings what the list without it has left out since.
 */
export function filterFault({ looks, listed, from, to, isSaid = true }: FilteredUpdate): FilterFault | null {
  for (const [one, other] of [looks, looks.toReversed()]) {
    if (one === undefined || other === undefined || one.value === true || !isExact(other, from)) continue;
    const wrongly = one.value === from ? one.after : one.before;
    if (!wrongly.shown) continue;
    const rightly = one.value === from ? one.before : one.after;
    const kind = rightly.shown ? 'unfiltered' : 'reversed';
    if (kind === 'unfiltered' && !isSaid && (one.value !== from || listed.after)) continue;
    // Whoever sees only some states of a thing (published) asks for the others in vain.
    if (kind === 'reversed' && !(one.value === from ? listed.before : listed.after)) continue;
    const is = one.value === from ? to : from;
    return { kind, value: one.value, is, page: wrongly.page, others: [other.before.page, other.after.page] };
  }
  return null;
}

function isExact({ value, before, after }: FilterLooks, from: Json): boolean {
  return value === from ? before.shown && !after.shown : !before.shown && after.shown;
}
