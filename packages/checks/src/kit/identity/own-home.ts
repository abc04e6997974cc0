import { bodyJson, type Exchange, isJsonObject, type Json } from '@assay/contract';
import { readToken } from './json-web-token.ts';

const homeWords = /compan(y|ies)|organi[sz]ation|(^|[_-])org([_-]|id|name|$)|tenant|workspace|business|agency/i;

/**
 * Whether somebody who signed up may have a place of their own, in which they are the administrator: what they sent, what they were told, or
 * their token names a company, an organization, a tenant or a workspace.
 */
export function mayHaveOwnHome({
  token,
  profile,
  exchanges,
}: {
  readonly token: string | null;
  readonly profile: Json | undefined;
  readonly exchanges: readonly Exchange[];
}): boolean {
  const sent = exchanges.map(({ request }) => bodyJson(request.body) as Json | undefined);
  const claims = token === null ? undefined : readToken(token)?.claims;
  return [...sent, profile, claims].some((value) => namesHome(value, 0));
}

function namesHome(value: Json | undefined, depth: number): boolean {
  if (!isJsonObject(value) || depth > 2) return false;
  return Object.entries(value).some(
    ([name, member]) => (homeWords.test(name) && member !== null) || namesHome(member, depth + 1),
  );
}
