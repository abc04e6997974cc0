import type { Identity, ProbeContext, Resource } from '@assay/contract';
import { bareRequest } from '../requests/bare-request.ts';
import { operationOf } from '../requests/cases.ts';
import { isAccount as isSignedUp } from '../setup/hidden-accounts.ts';
import type { Made, Setup } from '../setup/setup.ts';
import { accountOf } from '../setup/accounts-elsewhere.ts';

/** How many things of each kind are made: as the contract's example has it, as little as may be said, and some more. */
export const variants = 4;

/** One of them; null where there are no more. */
export async function makeVariant(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  owner: Identity,
  variant: number,
): Promise<Made | null> {
  const signedUp = owner.exchanges.some(({ operation }) => operation === resource.create);
  // A person is made by signing up, and is their own owner.
  if (resource.create === null || (signedUp && isSignedUp(context, resource)))
    return variant === 0 ? accountOf(context, setup, resource, owner) : null;
  if (variant === 0) return setup.makeExemplary(resource.name);
  const operation = operationOf(context.contract, resource.create ?? '');
  return setup.make(resource.name, (request) =>
    variant === 1 ? bareRequest(context.contract, operation, request) : request,
  );
}
