import type { Exchange, Identity, ProbeContext } from '@assay/contract';
import { sameBody } from '../answers/same-body.ts';
import { actingAs } from '../identity/acting-as.ts';
import { mayAskForSomebody } from '../identity/asks-for-somebody.ts';
import { isForFew, openFirst } from '../identity/for-few.ts';
import { swappedTokens } from '../identity/swapped-token.ts';
import { weakSecrets } from '../identity/weak-secrets.ts';
import { plainRequest } from '../setup/plain-request.ts';
import { Setup, SetupFailed } from '../setup/setup.ts';
import { isSuccess } from '../words.ts';
import { ownable } from './ownable.ts';

/** A token that was made here, and what it opened. */
export interface Impersonation {
  /** `the id in hex`: what was written in place of what stood in one's own token. */
  readonly how: string;
  /** The same request as oneself, as the other person, and with the token that was made. */
  readonly own: Exchange;
  readonly theirs: Exchange;
  readonly forged: Exchange;
}

/** How many requests are tried until one tells the two people apart. */
const mostWitnesses = 4;

/**
 * Becomes somebody else with a token that nobody gave: one's own, with the other's id in place of one's own. Only an answer that is the other's and
 * not one's own proves it: a part of a token that is not looked at may say anything. Null when no such token opens anything, or the token names nobody.
 */
export async function impersonation(
  context: ProbeContext,
  mine: Identity,
  theirs: Identity,
  withToken: (token: string) => Identity,
): Promise<Impersonation | null> {
  const swapped = swappedTokens(mine, theirs, guessable(context));
  if (swapped.length === 0) return null;
  await giveSomething(context, theirs);
  const setup = new Setup(context, actingAs(context.backend, mine));
  const reads = context.contract.operations.filter(
    (each) => each.method === 'GET' && mayAskForSomebody(each, context) && !isForFew(each) && !each.path.includes('{'),
  );
  for (const operation of openFirst(reads).slice(0, mostWitnesses)) {
    const plain = await plainRequest(setup, operation.id);
    if (plain === null) continue;
    const own = await context.backend.send({ ...plain, as: mine });
    const other = await context.backend.send({ ...plain, as: theirs });
    if (!isSuccess(own) || !isSuccess(other) || sameBody(own, other)) continue;
    for (const { how, token } of swapped) {
      const forged = await context.backend.send({ ...plain, as: withToken(token) });
      if (isSuccess(forged) && sameBody(forged, other)) return { how, own, theirs: other, forged };
    }
    return null;
  }
  return null;
}

/** Secrets that anybody would try, but for what the settings give the backend themselves. */
function guessable({ contract, env }: ProbeContext): readonly string[] {
  const given = Object.values(env);
  return weakSecrets(contract.title).filter((word) => !given.includes(word));
}

/** Two people who have nothing see the same. */
async function giveSomething(context: ProbeContext, somebody: Identity): Promise<void> {
  const signUp = context.shape.signIn?.signUp?.operation;
  const setup = new Setup(context, actingAs(context.backend, somebody));
  for (const resource of ownable(context).filter(({ create }) => create !== null && create !== signUp)) {
    try {
      await setup.make(resource.name);
      return;
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
    }
  }
}
