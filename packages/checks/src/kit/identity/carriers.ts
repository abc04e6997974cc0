import type { Identity, SecurityScheme } from '@assay/contract';

/** One way in which requests may carry a token. */
export type Carrier = Pick<Identity, 'headers' | 'query'>;

/** Every way in which the schemes may want a token, the most likely first: what stands before it in a header is often not said. */
export function carriersOf(token: string, schemes: readonly SecurityScheme[]): readonly Carrier[] {
  const ways = schemes.map((scheme) => waysOf(token, scheme));
  const most = Math.max(1, ...ways.map((one) => one.length));
  const together = Array.from({ length: most }, (_, index) =>
    merged(ways.flatMap((one) => one[index] ?? one[0] ?? [])),
  );
  return distinct(together);
}

/** What a script of the site reads and sends along, to show that it is of the site: Angular, Spring and Laravel call it so, and Django, and csurf and its like. */
const ofTheSite = /^(?:__(?:host|secure)-)?(?:xsrf-token|csrf[-_]?token|[_-]?csrf)$/i;
const shownIn = ['x-xsrf-token', 'x-csrftoken', 'x-csrf-token'];

/** Whether a header field of this name shows that a request is of the site, and not who sends it. */
export function isShownOfSite(name: string): boolean {
  return shownIn.includes(name.toLowerCase());
}

/** The cookies that a response sets, as the request that follows carries them; one against forged requests of other sites in a header as well. */
export function cookieCarrier(cookies: readonly (readonly [name: string, value: string])[]): Carrier {
  const [, shown] = cookies.find(([name]) => ofTheSite.test(name)) ?? [];
  return {
    headers: [
      ['cookie', cookies.map((cookie) => cookie.join('=')).join('; ')],
      ...(shown === undefined ? [] : shownIn.map((name) => [name, decoded(shown)] as const)),
    ],
    query: [],
  };
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

export function basicCarrier(login: string, password: string): Carrier {
  return { headers: [['authorization', `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`]], query: [] };
}

function waysOf(token: string, scheme: SecurityScheme): readonly Carrier[] {
  const parameter = scheme.parameter ?? '';
  if (scheme.type !== 'apiKey') return [inHeader('authorization', prefixed(scheme.scheme ?? 'bearer', token))];
  if (scheme.in === 'query') return [{ headers: [], query: [[parameter, token]] }];
  if (scheme.in === 'cookie') return [cookieCarrier([[parameter, token]])];
  const bearer = inHeader(parameter, prefixed('bearer', token));
  const bare = inHeader(parameter, token);
  return parameter.toLowerCase() === 'authorization'
    ? [bearer, bare, inHeader(parameter, prefixed('token', token)), inHeader(parameter, prefixed('JWT', token))]
    : [bare, bearer];
}

/** Some answers hold the whole value of the header already. */
function prefixed(scheme: string, token: string): string {
  if (/^\w+ \S/.test(token)) return token;
  return `${scheme.slice(0, 1).toUpperCase()}${scheme.slice(1)} ${token}`;
}

function inHeader(name: string, value: string): Carrier {
  return { headers: [[name, value]], query: [] };
}

/** The first scheme that wants a header field has it. */
function merged(carriers: readonly Carrier[]): Carrier {
  const headers = new Map(
    carriers
      .flatMap((carrier) => carrier.headers)
      .toReversed()
      .map(([name, value]) => [name.toLowerCase(), value] as const),
  );
  const query = new Map(carriers.flatMap((carrier) => carrier.query));
  return { headers: [...headers], query: [...query] };
}

function distinct(carriers: readonly Carrier[]): readonly Carrier[] {
  const seen = new Set<string>();
  return carriers.filter((carrier) => {
    const key = JSON.stringify(carrier);
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}
