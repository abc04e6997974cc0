import { isJsonObject, type Identity, type Json } from '@assay/contract';
import { type SignedSession, signedSession } from './signed-session.ts';

/** A text as a token may hold it: as it is, or encoded. */
interface Coding {
  readonly name: string;
  read(token: string): string | null;
  write(text: string): string;
}

const codings: readonly Coding[] = [
  { name: 'as it is', read: (token) => token, write: (text) => text },
  ...(['base64', 'base64url', 'hex'] as const).map((encoding) => ({
    name: `in ${encoding}`,
    read: (token: string) => decoded(token, encoding),
    write: (text: string) => Buffer.from(text, 'latin1').toString(encoding),
  })),
];

function decoded(token: string, encoding: 'base64' | 'base64url' | 'hex'): string | null {
  const bytes = Buffer.from(token, encoding);
  // Only what is encoded so and nothing else gives itself back.
  return bytes.length > 0 && bytes.toString(encoding) === token ? bytes.toString('latin1') : null;
}

function codingOf({ secret, text, sign }: SignedSession): Coding {
  return { name: `signed with the secret ${JSON.stringify(secret)}`, read: () => text, write: sign };
}

/** A token made for somebody from the token of somebody else, by writing the one's id or name in place of the other's. */
export interface SwappedToken {
  /** `the id in hex`. */
  readonly how: string;
  readonly token: string;
}

/**
 * None where a token holds nothing that names its owner.
 * @param secrets with which a session in a cookie may be signed: anybody would try them
 */
export function swappedTokens(
  mine: Identity,
  theirs: Identity,
  secrets: readonly string[] = [],
): readonly SwappedToken[] {
  const { token } = mine;
  if (token === null) return [];
  const session = signedSession(token, secrets);
  const ways = session === null ? codings : [...codings, codingOf(session)];
  const pairs = [
    { what: 'the id', own: idOf(mine.profile), other: idOf(theirs.profile) },
    { what: 'the name', own: mine.login, other: theirs.login },
  ];
  const found: SwappedToken[] = [];
  for (const { what, own, other } of pairs) {
    if (own === null || other === null || own === other) continue;
    for (const form of [same, withoutDashes, asBytes]) {
      for (const { name, read, write } of ways) {
        const text = read(token);
        if (text === null || form(own) === '' || !text.includes(form(own))) continue;
        const swapped = write(text.replaceAll(form(own), () => form(other)));
        if (swapped !== token && !found.some((one) => one.token === swapped))
          found.push({ how: `${what} ${name}`, token: swapped });
      }
    }
  }
  return found;
}

const same = (text: string): string => text;
const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
const withoutDashes = (text: string): string => (isUuid(text) ? text.replaceAll('-', '') : '');
const asBytes = (text: string): string =>
  isUuid(text) ? Buffer.from(text.replaceAll('-', ''), 'hex').toString('latin1') : '';

/** The id in what sign-up or login told of somebody. */
export function idOf(profile: Json | undefined): string | null {
  if (!isJsonObject(profile)) return null;
  for (const one of [profile, profile['user'], profile['data'], profile['account']].filter(isJsonObject)) {
    const id = one['id'] ?? one['userId'] ?? one['user_id'];
    if (typeof id === 'string' || typeof id === 'number') return String(id);
  }
  return null;
}
