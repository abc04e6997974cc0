import {
  bodyJson,
  type Exchange,
  headerOf,
  isJsonObject,
  type Json,
  type SecurityScheme,
  type TokenPlace,
  tokenRank,
  valueAt,
} from '@assay/contract';

export interface Credentials {
  readonly token: string | null;
  readonly cookies: readonly (readonly [name: string, value: string])[];
}

/** What the answer of a login gave to prove who somebody is; null when nothing can be found in it. */
export function credentialsIn(exchange: Exchange, place: TokenPlace): Credentials | null {
  const body = bodyJson(exchange.response?.body) as Json | undefined;
  const cookies = cookiesOf(exchange);
  switch (place.kind) {
    case 'credentials':
      return { token: null, cookies: [] };
    case 'cookie':
      return cookies.length === 0 ? null : { token: null, cookies };
    case 'header': {
      const value = headerOf(exchange.response?.headers ?? [], place.name);
      return value === undefined ? null : { token: value, cookies: [] };
    }
    case 'pointer': {
      const value = body === undefined ? undefined : valueAt(body, place.pointer);
      const token = typeof value === 'string' && value !== '' ? value : tokenSomewhere(body);
      return token === null ? null : { token, cookies: [] };
    }
    case 'undescribed': {
      const token = tokenSomewhere(body) ?? headerOf(exchange.response?.headers ?? [], 'authorization') ?? null;
      if (token !== null) return { token, cookies: [] };
      return cookies.length === 0 ? null : { token: null, cookies };
    }
    default:
      return place satisfies never;
  }
}

/** What a login sets beside the cookie by which it knows somebody, and often before it. */
const besideSession = /csrf|xsrf|refresh|remember|lang|locale/i;

/** The value of the cookie by which somebody is known, as far as the schemes and the names tell. */
export function sessionIn(
  cookies: Credentials['cookies'],
  schemes: readonly Pick<SecurityScheme, 'parameter'>[],
): string | null {
  const isLikely = ([name]: readonly [string, string]): boolean => !besideSession.test(name);
  const named = cookies.filter(([name]) => schemes.some(({ parameter }) => parameter === name));
  const [session] = [...named.filter(isLikely), ...named, ...cookies.filter(isLikely), ...cookies];
  return session?.[1] ?? null;
}

/** The text that goes by the most telling name of a token; or the whole answer, when it is one text without spaces. */
function tokenSomewhere(body: Json | undefined): string | null {
  if (typeof body === 'string') return /^[\w.~+/=-]{8,}$/.test(body) ? body : null;
  const found = namedTokens(body, 0).toSorted((a, b) => a.rank - b.rank || a.depth - b.depth)[0];
  return found?.token ?? null;
}

interface NamedToken {
  readonly token: string;
  readonly rank: number;
  readonly depth: number;
}

function namedTokens(value: Json | undefined, depth: number): readonly NamedToken[] {
  if (!isJsonObject(value) || depth > 3) return [];
  return Object.entries(value).flatMap(([name, member]): readonly NamedToken[] => {
    if (/refresh/i.test(name)) return [];
    if (typeof member === 'string' && member !== '') {
      const rank = tokenRank(name);
      return rank < 0 ? [] : [{ token: member, rank, depth }];
    }
    return namedTokens(member, depth + 1);
  });
}

/** What Set-Cookie sets, without what it takes away. */
function cookiesOf(exchange: Exchange): Credentials['cookies'] {
  return (exchange.response?.headers ?? []).flatMap(([name, value]) => {
    const pair = value.split(';')[0] ?? '';
    const at = pair.indexOf('=');
    if (name.toLowerCase() !== 'set-cookie' || at <= 0 || pair.length === at + 1) return [];
    return [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const];
  });
}
