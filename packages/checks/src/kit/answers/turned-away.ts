import { bodyText, type Exchange, type Instance, type ProbeContext, responseHeaderOf } from '@assay/contract';
import { status } from '../words.ts';

const unauthorized: readonly number[] = [401, 403, 407];
const tooMany = 429;

/** Whether a request was refused for who asks, or for how often, before anybody looked at what was asked. It then says nothing about the rest. */
export function isTurnedAway(exchange: Exchange): boolean {
  return isUnauthorized(exchange) || isRateLimited(exchange);
}

function isUnauthorized(exchange: Exchange): boolean {
  return unauthorized.includes(status(exchange) ?? 0);
}

/** Some say it with 403, and only the header fields tell. */
export function isRateLimited(exchange: Exchange): boolean {
  return status(exchange) === tooMany || (status(exchange) === 403 && remainingOf(exchange)?.left === 0);
}

/**
 * How many more requests an answer says there may be, by the drafts of `RateLimit` (`limit=200, remaining=99` in the earlier ones, `"15min"; r=99; t=900` since the eighth) or one
 * of the older fields; of several limits the nearest. Null when it says nothing of any.
 */
export function remainingOf(exchange: Exchange): { readonly field: string; readonly left: number } | null {
  for (const field of ['ratelimit-remaining', 'x-ratelimit-remaining', 'x-rate-limit-remaining', 'ratelimit']) {
    const text = responseHeaderOf(exchange, field) ?? '';
    const told =
      field === 'ratelimit' ? [...text.matchAll(/\b(?:remaining|r)\s?=\s?(\d+)/gi)] : [/^\s*(\d+)/.exec(text)];
    const numbers = told.flatMap((match) => (match === null ? [] : [Number(match[1])]));
    if (numbers.length > 0) return { field, left: Math.min(...numbers) };
  }
  return null;
}

/** Whether nobody looked at a request at all: there were too many before it, or the backend had ended already, which is told elsewhere. */
export function isUnheard(exchange: Exchange): boolean {
  return isRateLimited(exchange) || exchange.error?.kind === 'refused';
}

/** What the person can do about it: a clause that goes on after `… answered 401`. Empty when the request was not turned away. */
export function advice(exchange: Exchange): string {
  if (status(exchange) === 403 && /[cx]srf/i.test(bodyText(exchange.response?.body)))
    return ', so it asks for a CSRF token that was in no cookie; switch that off for this run, with a variable under env in assay.yaml';
  if (isUnauthorized(exchange))
    return carriesProof(exchange)
      ? ', so whoever was signed in may not do that; give identities in assay.yaml, with users who may'
      : ', so it asks for authentication; give identities in assay.yaml';
  if (isRateLimited(exchange))
    return ', so it limits how often it may be asked; lift the limit for this run, with a variable under env in assay.yaml';
  return '';
}

/** Whether somebody was signed in. */
function carriesProof({ request }: Exchange): boolean {
  return request.headers.some(([name]) => /^(authorization|cookie|x-[\w-]*(key|token))$/i.test(name));
}

/** Why nobody was signed in, when that is what a request was turned away for; empty otherwise. */
export async function whyNobody({ identities }: ProbeContext, instance: Instance, last: Exchange): Promise<string> {
  if (!isTurnedAway(last)) return '';
  const usual = (await identities.usual(instance)) ?? {};
  return 'unavailable' in usual ? ` (${usual.unavailable})` : '';
}
