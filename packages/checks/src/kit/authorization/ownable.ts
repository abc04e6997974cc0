import type { ProbeContext, Resource } from '@assay/contract';
import { mayAskForSomebody } from '../identity/asks-for-somebody.ts';
import { operationOf } from '../requests/cases.ts';
import { holdsAccounts } from '../setup/accounts-elsewhere.ts';
import { isAccount } from '../setup/hidden-accounts.ts';

/** Kinds of things that somebody signed in makes; people themselves come last, for they may be gone afterwards. */
export function ownable(known: Pick<ProbeContext, 'contract' | 'shape'>): readonly Resource[] {
  const isMade = (create: string): boolean => mayAskForSomebody(operationOf(known.contract, create), known);
  const made = known.shape.resources.filter(({ create }) => create !== null && isMade(create));
  return [
    ...made.filter((resource) => !isAccount(known, resource)),
    ...known.shape.resources.filter((resource) => holdsAccounts(known, resource)),
  ];
}
