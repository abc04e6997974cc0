import type { Identity, ProbeContext, RequestSpec } from '@assay/contract';
import { rewrittenBody } from './rewritten-body.ts';

/** Somebody's login as they sent it, with this password. Null when there is none to go by. */
export function loginWith({ shape }: ProbeContext, identity: Identity, password: string): RequestSpec | null {
  const operation = shape.signIn?.login?.operation;
  const known = identity.exchanges.find((exchange) => exchange.operation === operation);
  if (known === undefined || operation === undefined) return null;
  const body = rewrittenBody(known.request, (text) => (text === identity.password ? password : text));
  const { method, target, headers } = known.request;
  return body === null ? null : { method, target, headers, body, operation, as: null };
}
