import { type Contract, type Json, valueAt } from '@assay/contract';
import { memberOf } from '../answers/counterpart.ts';
import { differences, type Difference } from '../comparison/compare.ts';

const address = /(?:e_?mail|phone|mobile)(?:_?(?:address|number))?$/i;
const confirming = /confirm|verif(?:y|ication)|activat/i;
/** What is confirmed there is not an order. */
const people = /mail|phone|mobile|account|user|auth|sign|register|registration|verif|\bme\b/i;

/**
 * Whether an address stays as it was until somebody confirms that the new one is theirs: the contract has an operation for that.
 * @param inside where it stands in the thing
 * @param old the thing before the update
 */
export function waitsForConfirmation(
  { operations }: Pick<Contract, 'operations'>,
  inside: string,
  old: Json,
  { back }: Pick<Difference, 'back'>,
): boolean {
  const was = valueAt(old, inside);
  return (
    address.test(memberOf(inside)) &&
    was !== undefined &&
    differences(was, back).length === 0 &&
    operations.some(({ path }) => confirming.test(path) && people.test(path))
  );
}
