import { bodyJson, type Exchange, responseHeaderOf } from '@assay/contract';

const tokenName = /token|jwt|session|api_?key/i;

/** Whether an answer brings what lets somebody in. Some answer 200 to everything, and say in the body that it failed. */
export function letsIn(exchange: Exchange): boolean {
  const body = bodyJson(exchange.response?.body);
  return typeof body !== 'object' || holdsToken(body) || responseHeaderOf(exchange, 'set-cookie') !== undefined;
}

function holdsToken(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([name, inside]) =>
      (tokenName.test(name) && typeof inside === 'string' && inside.length >= 8) || holdsToken(inside),
  );
}
