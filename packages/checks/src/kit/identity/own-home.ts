import { bodyJson, type Exchange, isJsonObject, type Json } from '@assay/contract';
import { readToken } from './json-web-token.ts';

const homeWords = /compan(y|ies)|organi[sz]ation|(^|[_-])org([_-]|id|name|$)|tenant|workspace|business|agency/i;
/** Whole words: something may be restored or stored. `groups` are often roles. */
const smallHomes =
  /(^|_)((team|household|store|shop|club|school|restaurant|clinic)s?|famil(y|ies)|group)(_?(id|name|slug|code))?($|_)/;

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
    ([name, member]) => (isHome(name) && member !== null && !isEmpty(member)) || namesHome(member, depth + 1),
  );
}

function isHome(name: string): boolean {
  const words = name.replaceAll(/(?<=[a-z])(?=[A-Z])|-/g, '_').toLowerCase();
  return homeWords.test(name) || smallHomes.test(words);
}

function isEmpty(member: Json): boolean {
  return member === '' || (Array.isArray(member) && member.length === 0);
}
