import type { Identity, ProbeContext, RequestSpec } from '@assay/contract';
import { rewrittenBody } from './rewritten-body.ts';

/** Somebody's login as it would be with a wrong password, under their own name or another. Null when there is none to go by. */
export function wrongPassword(context: ProbeContext, identity: Identity, login: string): RequestSpec | null {
  const operation = context.shape.signIn?.login?.operation;
  const known = identity.exchanges.find((exchange) => exchange.operation === operation);
  if (known === undefined || operation === undefined) return null;
  // Of the same length, so that nothing but its being wrong speaks against it.
  const word = context.random.unique('Zz9!');
  const guess = word.padEnd(identity.password.length, '0').slice(0, Math.max(identity.password.length, 12));
  let changed = 0;
  const body = rewrittenBody(known.request, (text) => {
    if (text !== identity.password && text !== identity.login) return text;
    changed += 1;
    return text === identity.password ? guess : login;
  });
  const { method, target, headers } = known.request;
  return body === null || changed < 2 ? null : { method, target, headers, body, operation, as: null };
}
