import type { Identity, ProbeContext } from '@assay/contract';
import { newcomer } from '../identity/newcomer.ts';
import { isSignedUp } from '../identity/sign-up-again.ts';

/**
 * Two who have just signed up; null where people do not. What they make and are taken into is theirs alone: the others have nothing in common afterwards that they had not before, and
 * have made no more than they may.
 */
export async function twoNewcomers(context: ProbeContext): Promise<readonly [Identity, Identity] | null> {
  // Those whom the settings name are left to others.
  if (context.shape.signIn?.signUp == null) return null;
  const one = await newcomer(context);
  const other = 'unavailable' in one ? one : await newcomer(context);
  if ('unavailable' in one || 'unavailable' in other) return null;
  return isSignedUp(context, one) && isSignedUp(context, other) ? [one, other] : null;
}
