import type { Identity, Instance, Operation, ProbeContext } from '@assay/contract';

/**
 * Who sends requests to this operation, for those that do not go through it: plain bytes, other methods. Null: nobody needs to, or nobody
 * can be signed in.
 */
export async function senderOf(
  { identities }: Pick<ProbeContext, 'identities'>,
  operation: Operation,
  instance: Instance,
): Promise<Identity | null> {
  if (operation.security.length === 0) return null;
  for (const role of operation.roles) {
    const someone = await identities.another(instance, role);
    if ('token' in someone) return someone;
  }
  const usual = await identities.usual(instance);
  return usual !== null && 'token' in usual ? usual : null;
}
