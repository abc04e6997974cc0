import { headerOf, type HeaderFields, type Identity, type RequestSpec } from '@assay/contract';
import { isShownOfSite } from './carriers.ts';

/**
 * The request as this person sends it. What it says of the same header field, cookie or query parameter itself stays as it is, but for what shows that it is of the site:
 * a value that was made up for a parameter of that name shows nothing.
 */
export function authenticated(
  request: RequestSpec,
  { headers, query }: Pick<Identity, 'headers' | 'query'>,
): RequestSpec {
  let own = request.headers ?? [];
  for (const [name, value] of headers) {
    const present = headerOf(own, name);
    if (present === undefined) own = [...own, [name, value]];
    else if (isShownOfSite(name))
      own = own.map((field) => (field[0].toLowerCase() === name.toLowerCase() ? [field[0], value] : field));
    else if (name.toLowerCase() === 'cookie') own = withCookies(own, present, value);
  }
  return { ...request, headers: own, target: withQuery(request.target, query) };
}

function withCookies(headers: HeaderFields, present: string, added: string): HeaderFields {
  const names = new Set(cookiesIn(present).map(nameOf));
  const missing = cookiesIn(added).filter((cookie) => !names.has(nameOf(cookie)));
  return headers.map(([name, value]) =>
    name.toLowerCase() === 'cookie' ? [name, [value, ...missing].join('; ')] : [name, value],
  );
}

function cookiesIn(header: string): readonly string[] {
  return header.split(/;\s*/).filter((cookie) => cookie !== '');
}

function nameOf(pair: string): string {
  return pair.split('=')[0] ?? '';
}

function withQuery(target: string, query: Identity['query']): string {
  const [path = '', ...rest] = target.split('?');
  const pairs = rest
    .join('?')
    .split('&')
    .filter((pair) => pair !== '');
  const names = new Set(pairs.map((pair) => decodedName(nameOf(pair))));
  const missing = query.filter(([name]) => !names.has(name));
  if (missing.length === 0) return target;
  return `${path}?${[...pairs, ...missing.map((pair) => pair.map(encodeURIComponent).join('='))].join('&')}`;
}

function decodedName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
