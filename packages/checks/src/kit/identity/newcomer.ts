import type { ProbeContext } from '@assay/contract';
import { signUpOf } from './sign-up-again.ts';

/** How many people are passed over whom the settings name. */
const mostNamed = 5;

/** Somebody who signed up, where people can: of those whom the settings name it is not known what they may do. */
export async function newcomer(context: ProbeContext): ReturnType<ProbeContext['identities']['another']> {
  for (let tries = 0; ; tries += 1) {
    const someone = await context.identities.another(context.backend);
    const isKnown = 'token' in someone && context.shape.signIn?.signUp != null && signUpOf(context, someone) === null;
    if (!isKnown || tries === mostNamed) return someone;
  }
}
