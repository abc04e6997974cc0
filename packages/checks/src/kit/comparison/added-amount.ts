import type { Json } from '@assay/contract';
import { difference } from '../answers/decimals.ts';

/** Whether an operation added what it was given to what there was, as it may by its own words. */
export function isAdded(old: Json | undefined, added: Json, now: Json): boolean {
  const isAmount = (value: Json | undefined): value is number | string =>
    (typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')) && Number.isFinite(Number(value));
  return (
    isAmount(old) &&
    isAmount(added) &&
    isAmount(now) &&
    Number(added) !== 0 &&
    Number(difference(now, old)) === Number(added)
  );
}
