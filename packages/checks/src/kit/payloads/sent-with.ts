import { encodeRequest, type Exchange, type Operation, type ProbeContext, type RequestCase } from '@assay/contract';
import { isTurnedAway } from '../answers/turned-away.ts';
import { accountMakers } from '../identity/account-makers.ts';
import { secondTry } from '../setup/second-try.ts';
import { isSuccess } from '../words.ts';
import type { Planter } from './plant.ts';

/** How many ordinary requests are tried until one is accepted. */
const attempts = 4;

export interface SentWith {
  /** With what was planted. */
  readonly request: RequestCase;
  readonly exchange: Exchange;
}

/**
 * Ordinary requests with something planted in them, one after the other until one is accepted: what speaks against the rest of one says nothing of what was
 * planted. Only what makes things is asked again: to others, such as a login or a new password, a second refusal may be one too many.
 */
export async function sentWith(
  context: ProbeContext,
  planter: Planter,
  operation: Operation,
  planted: (request: RequestCase) => RequestCase,
): Promise<readonly SentWith[]> {
  const sent: SentWith[] = [];
  const most = makesThings(context, operation) ? attempts : 1;
  while (sent.length < most && !context.signal.aborted) {
    const plain = await planter.ordinary(operation);
    if (plain === null) break;
    const request = planted(sent.length === 0 ? plain : secondTry(context, operation, plain, sent.length));
    const exchange = await context.backend.send(encodeRequest(operation, request));
    sent.push({ request, exchange });
    if (isSuccess(exchange) || isTurnedAway(exchange)) break;
  }
  return sent;
}

function makesThings(context: ProbeContext, operation: Operation): boolean {
  const { resources, signIn } = context.shape;
  return (
    resources.some(({ create }) => create === operation.id) ||
    signIn?.signUp?.operation === operation.id ||
    accountMakers(context).some((maker) => maker.operation.id === operation.id)
  );
}
