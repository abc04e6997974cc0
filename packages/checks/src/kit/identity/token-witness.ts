import type { Exchange, Identity, ProbeContext, RequestSpec } from '@assay/contract';
import { isGranted, isGrantedBeside } from '../answers/granted.ts';
import { advice } from '../answers/turned-away.ts';
import { isWayOut } from '../requests/way-out.ts';
import { Setup, SetupFailed } from '../setup/setup.ts';
import { isSuccess, outcome, status } from '../words.ts';
import { isSilent, mayAskForSomebody } from './asks-for-somebody.ts';
import { isForFew, openFirst } from './for-few.ts';

/** A request that somebody who is signed in may send and nobody else; one that only reads, where there is one. */
export async function witnessFor(
  context: ProbeContext,
  sender: Identity,
): Promise<{ readonly request: RequestSpec; readonly genuine: Exchange } | { readonly trouble: string }> {
  const setup = new Setup(context);
  const cost = ({ method, parameters }: (typeof operations)[number]): number =>
    (method === 'GET' ? 0 : method === 'POST' ? 20 : 40) + parameters.filter(({ required }) => required).length;
  const operations = context.contract.operations.filter(
    (each) => mayAskForSomebody(each, context) && !isForFew(each) && !isWayOut(each),
  );
  // Of what says nothing of who may ask, much is for everybody; that it is not is told by nothing but a refusal of who asks.
  const silent = isSilent(context);
  let trouble = 'no operation could be asked with a token';
  for (const operation of openFirst(operations.toSorted((a, b) => cost(a) - cost(b))).slice(0, silent ? 12 : 6)) {
    try {
      const request = { ...(await setup.request(operation.id)), as: sender };
      const genuine = await context.backend.send(request);
      const anonymous = await context.backend.send({ ...request, as: null });
      const isOpen = isGrantedBeside(anonymous, genuine);
      if (isGranted(genuine) && !isOpen && (!silent || isForbidden(anonymous))) return { request, genuine };
      trouble = isOpen ? `${outcome(anonymous)} without a token as well` : `${outcome(genuine)}${advice(genuine)}`;
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      trouble = error.message;
    }
  }
  return { trouble };
}

/** Of what opened nothing: an answer of success then says so in its body. */
function isForbidden(exchange: Exchange): boolean {
  return [401, 403].includes(status(exchange) ?? 0) || isSuccess(exchange);
}
